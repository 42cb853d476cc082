import type { VerificationTexts } from '../texts.ts'

/** English texts of the verification step. */
export const verificationEn: VerificationTexts = {
  sent: 'Tell nobody the code. It was sent to your phone',
  label: 'Code from the text message',
  confirm: 'Confirm',
  checking: 'Checking…',
  attempts: (left) => (left === 1 ? '1 attempt is left' : `${left} attempts are left`),
  noAttempts:
    'No attempts are left. If the phone number is not exact, change it and send the application again.',
  failed: 'The code could not be checked. Check your connection and try again in a minute.',
  question: 'No code has come?',
  advice: 'A text message may take a few minutes. Check that the phone is on and its number is right.',
  changePhone: 'Change the number',
  giveUp: 'Do not confirm',
}
