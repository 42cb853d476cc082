import { groupDigits } from '../../fields/text/group-digits.ts'
import { calculatorEn } from './calculator.ts'
import type { AllTexts, Texts } from '../texts.ts'
import { definitionEn } from './definition.ts'
import { fieldTextsEn } from './fields.ts'
import { verificationEn } from './verification.ts'

const days = (count: number): string => `${groupDigits(count)} ${count === 1 ? 'day' : 'days'}`

/** English, for people with Russian documents who read English better. */
export const en: Texts = {
  ...fieldTextsEn,
  issues: {
    required: 'Write an answer',
    'required-choice': 'Choose one of the options',
    'phone-incomplete': 'Enter the whole number, such as +7 900 000-00-00',
    'phone-not-mobile': 'Enter a mobile number, such as +7 900 000-00-00',
    'phone-foreign': 'Enter a Russian number, it begins with +7',
    'phone-equal-digits': 'An unusual number. Check that every digit is right',
    'name-letters': 'Leave Russian letters, hyphens, spaces and apostrophes, as in Анна-Мария',
    'name-cyrillic': 'Write in Russian letters, such as Анна',
    'name-none': 'If there is no patronymic, tick “No patronymic”',
    'name-whole': 'Only one part of the name goes here, such as Анна',
    'name-two-words': 'This is a surname and a name. If you have a patronymic, add it',
    'name-patronymic': 'This looks like a patronymic. If the passport has it as the name, all is well',
    'name-short': 'One letter? If the passport says so, all is well',
    'email-format': 'Enter the whole address, such as ivan@example.ru',
    'email-length': 'The address is too long: give another one, of 254 characters at most',
    'email-typo': 'Check the address: it looks like a slip',
    'date-incomplete': 'Enter the day, the month and the year, such as 05.09.1990',
    'date-unreal': 'There is no such date. Check the day and the month',
    'date-future': 'This date has not come yet. Check the year',
    'age-minimum': (limit) => `You can apply from the age of ${limit}`,
    'age-maximum': (limit) => `You can apply up to the age of ${limit}`,
    'passport-format': 'Enter 4 digits of the series and 6 of the number, such as 45 10 000050',
    'passport-number-zeros': 'Check the passport number: it cannot be all zeros',
    'passport-code-format': 'Enter the 6 digits of the code, such as 770-001',
    'passport-before-14':
      'Passports are issued from the age of 14. Check the date of issue and the date of birth',
    'passport-before-1997': 'Passports of this kind are issued since 01.10.1997. Check the date',
    'passport-expired-at-20':
      'It seems that the passport was to be replaced at the age of 20. Check the date of issue',
    'passport-expired-at-45':
      'It seems that the passport was to be replaced at the age of 45. Check the date of issue',
    'passport-expired': 'The passport is no longer valid. Check the date',
    'passport-series-year': 'The series and the date of issue do not fit. Check them in the passport',
    'amount-format': 'Enter the amount in whole roubles, such as 30 000',
    'amount-minimum': (limit) => `Enter an amount of ${groupDigits(limit)} ₽ or more`,
    'amount-maximum': (limit) => `Enter an amount of ${groupDigits(limit)} ₽ or less`,
    'term-format': 'Enter the term as a whole number of days, such as 30',
    'term-minimum': (limit) => `Enter a term of ${days(limit)} or more`,
    'term-maximum': (limit) => `Enter a term of ${days(limit)} or less`,
    'months-format': 'Enter a whole number of months, such as 18',
    'snils-format': 'Enter 11 digits, such as 112-233-445 95',
    'snils-control': 'Check the digits of the SNILS: there is a slip in it',
    'inn-format': 'Enter 12 digits, such as 999900000160',
    'inn-organisation': 'This is the INN of an organisation. Enter your own, it has 12 digits',
    'inn-control': 'Check the digits of the INN: there is a slip in it',
    'postal-index-format': 'Enter the 6 digits of the postal code, such as 101000',
    'house-format': 'Enter the number, such as 12, 5/1 or 7А',
    'kladr-format': 'Check the name, and choose it from the list if it is there',
    'text-length': (limit) => `Too long. Please make it shorter: ${limit} characters at most`,
    'text-letters': 'Write in Russian letters, as in the passport',
    'text-signs': 'Leave only letters, digits and the signs № . , ( ) / « » -',
    'choice-unknown': 'Choose one of the options',
    'consent-required': 'Tick this consent: the application cannot be sent without it',
    'campaign-format': 'It is usually written in another way. If it is right, send it again',
    'code-format': 'Enter the code from the text message, such as 1234',
    'code-short': 'Enter all digits of the code, such as 1234',
    'code-long': 'There are more digits than in a code. Enter only the code, such as 1234',
    'wrong-code': 'This code did not fit. Check the text message and enter the code again',
  },
  results: {
    accepted: {
      title: 'The application is accepted',
      text: 'Thank you! We have passed it on to the lender, who will call the number that you gave.',
    },
    duplicate: {
      title: 'There is such an application already',
      text: 'You have applied with these details before. No new application is needed: wait for the answer to the first one.',
    },
    declined: {
      title: 'The loan could not be approved now',
      text: 'This is the decision on one application. You can apply again later.',
    },
    verification: {
      title: 'The phone is not confirmed',
      text: 'The application is saved, but it will not be considered without the code from the text message. If you change your mind, reload the page and send a new one.',
    },
    queued: {
      title: 'The application is saved',
      text: 'We have your application and will send it to the lender as soon as they can be reached. You need not fill it in again.',
    },
  },
  departments: {
    found: (count) => `${count} ${count === 1 ? 'name' : 'names'} found for the code`,
    fill: (name) => `Fill in: ${name}`,
    choose: (count) => `Choose from ${count} names`,
  },
  streets: { fillIndex: (index) => `Fill in the postal index ${index}` },
  review: { change: 'Change', none: 'Not given', yes: 'Yes' },
  draft: {
    restored: 'We have restored the answers that were entered on this device before.',
    notKept: 'Passport data and numbers of documents are not kept: enter them again.',
    restart: 'Start again',
    expired: 'A long time has passed, so the answers were deleted: nobody else will see them.',
  },
  ending: {
    offers: 'Offers of our partners',
    fullCost: 'Full cost of the loan',
    rate: 'Rate',
    perYear: (percent) => `${percent}% a year`,
    perDay: (percent) => `${percent}% a day`,
    open: 'Apply',
    advertisement: 'Advertisement',
    risks: 'Consider your financial means and the risks. Read all terms of the loan.',
    number: (number) => `Number of the application: ${number}`,
    advice:
      'What comes next: answer the call or the message. By its number the application is found sooner. Tell nobody the codes of text messages, and do not pay for a decision.',
    redirecting: 'The next page opens in a few seconds.',
    continue: 'Go there now',
    again: 'Make a new application',
  },
  connection: {
    broken:
      'The connection broke, and there is no answer yet. Your answers are kept. Leave the page open: the application is sent as soon as there is a connection.',
    unavailable:
      'The server does not answer yet. Your answers are kept. Leave the page open: the application is sent again by itself.',
    offline: 'There seems to be no connection. You can go on: your answers are kept.',
    online: 'The connection is back.',
    slow: 'The connection is slow. The application is being sent, please wait.',
    asking: 'Sending was interrupted. We are finding out whether your application has arrived…',
    waiting:
      'There is no connection yet. As soon as there is one, we find out whether your application has arrived.',
    askNow: 'Find out now',
    lost: 'The application has not arrived: the connection broke before. Please fill in the form again.',
    lostKept:
      'The application has not arrived: the connection broke before. Check your answers and send it again.',
    correct: 'The application has arrived, but something in it has to be corrected.',
    code: 'The application has arrived. What is left is to confirm the phone with the code from the SMS.',
    undecided: 'We could not find out whether your application has arrived.',
    known: 'The answer to the earlier application:',
    unsent: 'What is entered now has not been sent yet.',
    refill: 'Fill in the form and send it again: that does not make a second application.',
    goOn: 'Continue',
    notMine: 'This is not my application',
  },
  verification: 'Confirm your phone',
  verificationFailed: 'A code was sent to your phone, but it cannot be entered yet. Check your connection.',
  retryLoading: 'Load again',
  loading: 'Loading…',
  loadingFailed:
    'The next step could not be loaded. Your answers are still here: check the connection and press again.',
  consents: {
    processing: 'I consent to the processing of my personal data',
    transfer: 'I consent to my data being passed on to the lenders on the list',
    advertising: 'I consent to getting advertising offers and news',
  },
  step: (index, total) => `Step ${index} of ${total}`,
  optional: 'optional',
  error: 'Error:',
  warning: 'Please note:',
  next: 'Continue',
  close: 'Close',
  back: 'Back',
  submit: 'Send the application',
  sending: 'Sending…',
  retry: 'Send again',
  failed:
    'The application could not be sent. Your answers are kept: check your connection and send it again.',
  cancelled: 'The application has not been sent yet. Your answers are kept: check them and send it again.',
  unexpected:
    'The form could not send the application. Your answers are kept. Send it again; if that does not help, open the page in another browser.',
  uncertain:
    'The connection broke, and it is not known whether the application arrived. Your answers are still here: if nobody calls you, send it again.',
  busy: 'The server takes no applications now. Your answers are kept: wait a minute and send it again.',
  limited: (seconds) =>
    `Many applications came from your number or your network in a row. Your answers are kept: send it again in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}.`,
  changed: 'The form has changed. Check your answers, read the documents and tick the consents again.',
  checkFields: (count) => `Left to correct: ${count}. What to do is written beside each`,
  allCorrected: 'All is corrected. Press the button below the fields again',
  corrected: 'corrected',
  checkName: 'Are the surname, the name and the patronymic each in their own field? If not, correct them',
  provider: 'The application was not taken:',
  document: 'Text of the consent',
  opensInNewTab: 'opens in a new tab',
  optionalConsent: 'optional',
  operator: 'The data is processed by',
  withdrawal: 'To withdraw your consent:',
  policy: 'Policy on personal data',
  places: {
    found: (count) => `${groupDigits(count)} ${count === 1 ? 'place' : 'places'} found`,
    none: 'Not on the list? Write the whole name',
    inRussian: 'Choose from the list, or write in Russian',
  },
  loanRisks: 'Consider your financial means and the risks.',
  loanConditions: 'Read all conditions of the loan',
  passportNote:
    'The passport is needed to confirm who you are. Only those named in the consents get the data, and the browser does not keep it.',
  choose: 'Choose',
  split: (text) => `Split: ${text}`,
  suggestion: (text) => `Change to “${text}”`,
  limits: {
    amount: (minimum, maximum) => `From ${groupDigits(minimum)} to ${groupDigits(maximum)} ₽`,
    termDays: (minimum, maximum) => `From ${groupDigits(minimum)} to ${days(maximum)}`,
  },
}

/** All English texts. */
export const allEn: AllTexts = {
  ...en,
  code: verificationEn,
  calculator: calculatorEn,
  definition: definitionEn,
}
