import { groupDigits } from '../../fields/text/group-digits.ts'
import { pluralizeRu } from './plural.ts'
import type { FormTexts } from '../texts.ts'

const years = (count: number): string => `${count} ${pluralizeRu(count, 'года', 'лет', 'лет')}`
const days = (count: number): string => `${groupDigits(count)} ${pluralizeRu(count, 'дня', 'дней', 'дней')}`

/** Russian texts, except those that few forms need: `extendRu` adds those. */
export const commonRu = {
  fields: {
    amount: { label: 'Сумма займа, ₽' },
    termDays: { label: 'Срок, дней' },
    lastName: { label: 'Фамилия' },
    firstName: { label: 'Имя' },
    middleName: { label: 'Отчество' },
    noMiddleName: { label: 'Нет отчества' },
    birthDate: { label: 'Дата рождения', placeholder: 'дд.мм.гггг' },
    phone: { label: 'Мобильный телефон', placeholder: '+7 900 000-00-00' },
    email: { label: 'Эл. почта' },
    passport: {
      label: 'Серия и номер паспорта',
      placeholder: '00 00 000000',
      hint: '10 цифр с главной страницы',
    },
    passportIssuedDate: { label: 'Дата выдачи', placeholder: 'дд.мм.гггг' },
    passportIssuedCode: { label: 'Код подразделения', placeholder: '000-000' },
    passportIssuedBy: { label: 'Кем выдан', hint: 'Как в паспорте' },
  },
  address: {
    Region: { label: 'Регион' },
    City: { label: 'Город или посёлок' },
  },
  composites: {
    issuePlace: 'Где вы хотите получить заём',
  },
  options: {},
  issues: {
    required: 'Заполните это поле',
    'required-choice': 'Выберите один из вариантов',
    'phone-incomplete': 'Введите номер полностью: 10 цифр после +7',
    'phone-not-mobile': 'Нужен мобильный номер: он начинается с +7 9',
    'phone-foreign': 'Нужен российский номер: он начинается с +7 9',
    'phone-equal-digits': 'Необычный номер. Проверьте, что в нём нет ошибки',
    'name-letters': 'Оставьте только русские буквы, дефис, пробел или апостроф',
    'name-cyrillic': 'Напишите русскими буквами, как в паспорте',
    'name-short': 'Одна буква? Если так в паспорте, всё верно',
    'email-format': 'Введите адрес целиком, например ivan@example.ru',
    'email-length': 'Адрес слишком длинный: укажите другой, не длиннее 254 знаков',
    'email-typo': 'Проверьте адрес: похоже на опечатку',
    'date-incomplete': 'Введите день, месяц и год полностью: дд.мм.гггг',
    'date-unreal': 'Такой даты нет в календаре. Проверьте день и месяц',
    'date-future': 'Эта дата ещё не наступила. Проверьте год',
    'age-minimum': (limit) => `Оформить заявку можно с ${years(limit)}`,
    'age-maximum': (limit) => `Оформить заявку можно до ${years(limit)} включительно`,
    'passport-format': 'Введите 10 цифр: 4 цифры серии и 6 цифр номера',
    'passport-number-zeros': 'Проверьте номер паспорта: он не может состоять из нулей',
    'passport-code-format': 'Введите 6 цифр кода, например 770-001',
    'passport-before-14': 'Паспорт выдают с 14 лет. Проверьте дату выдачи и дату рождения',
    'passport-before-1997': 'Паспорта этого образца выдают с 01.10.1997. Проверьте дату',
    'passport-expired-at-20': 'Похоже, паспорт нужно было заменить в 20 лет. Проверьте дату выдачи',
    'passport-expired-at-45': 'Похоже, паспорт нужно было заменить в 45 лет. Проверьте дату выдачи',
    'passport-series-year': 'Серия и дата выдачи не сходятся. Проверьте их по паспорту',
    'amount-format': 'Введите сумму целыми рублями, например 30 000',
    'amount-minimum': (limit) => `Введите сумму от ${groupDigits(limit)} ₽`,
    'amount-maximum': (limit) => `Введите сумму до ${groupDigits(limit)} ₽`,
    'term-format': 'Введите срок целым числом дней, например 30',
    'term-minimum': (limit) => `Введите срок от ${days(limit)}`,
    'term-maximum': (limit) => `Введите срок до ${days(limit)}`,
    'kladr-format': 'Проверьте название города и, если он есть в списке, выберите его оттуда',
    'text-length': 'Слишком длинно. Сократите, пожалуйста',
    'text-letters': 'Напишите русскими буквами, как в паспорте',
    'choice-unknown': 'Выберите один из вариантов',
    'consent-required': 'Без этого согласия заявку нельзя отправить. Отметьте, если вы согласны',
    'code-format': 'Введите код из СМС: только цифры',
    'wrong-code': 'Код не подошёл. Проверьте СМС и введите код ещё раз',
  },
  results: {
    accepted: {
      title: 'Заявка принята',
      text: 'Спасибо! Мы передали заявку кредитору. Решение сообщат по телефону, который вы указали.',
    },
    duplicate: {
      title: 'Такая заявка уже есть',
      text: 'Вы уже отправляли заявку с этими данными. Новая не нужна: дождитесь ответа по первой.',
    },
    declined: {
      title: 'Сейчас одобрить заявку не получилось',
      text: 'Это решение по одной заявке. Попробуйте другую сумму или обратитесь позже.',
    },
    verification: {
      title: 'Телефон не подтверждён',
      text: 'Заявка сохранена, но без кода из СМС кредитор её не рассмотрит. Если передумаете, отправьте новую.',
    },
    queued: {
      title: 'Заявка сохранена',
      text: 'Мы получили вашу заявку и отправим её кредитору, как только он будет на связи. Заполнять её ещё раз не нужно.',
    },
  },
  verification: 'Подтвердите телефон',
  verificationFailed: 'Кредитор отправил вам код, но поле для него не загрузилось. Проверьте связь.',
  retryLoading: 'Загрузить ещё раз',
  consents: {
    processing: 'Я даю согласие на обработку моих персональных данных',
    transfer: 'Я даю согласие на передачу моих данных кредиторам из списка',
    advertising: 'Я согласен получать предложения и новости',
  },
  step: (index, total) => `Шаг ${index} из ${total}`,
  optional: 'необязательно',
  next: 'Продолжить',
  back: 'Назад',
  submit: 'Отправить заявку',
  sending: 'Отправляем…',
  retry: 'Отправить ещё раз',
  failed: 'Не удалось отправить заявку. Ваши ответы на месте: проверьте связь и отправьте ещё раз.',
  cancelled: 'Страница остановила отправку. Ваши ответы на месте.',
  unexpected:
    'Форма не смогла отправить заявку. Ваши ответы на месте. Отправьте ещё раз, а если не получится, откройте страницу в другом браузере.',
  uncertain:
    'Связь прервалась, и неизвестно, дошла ли заявка. Ваши ответы на месте: если вам не позвонят, отправьте ещё раз.',
  busy: 'Сервер сейчас не принимает заявки. Ваши ответы на месте: подождите минуту и отправьте ещё раз.',
  changed: 'Форма обновилась. Проверьте ответы, прочитайте документы и отметьте согласия ещё раз.',
  checkFields: (count) =>
    `Проверьте ${count} ${pluralizeRu(count, 'поле', 'поля', 'полей')}: под ${pluralizeRu(count, 'ним', 'ними', 'ними')} написано, что сделать`,
  provider: 'Кредитор не принял заявку:',
  document: 'Текст согласия',
  opensInNewTab: 'откроется в новой вкладке',
  optionalConsent: 'по желанию',
  operator: 'Данные обрабатывает',
  withdrawal: 'Отозвать согласие:',
  policy: 'Политика обработки персональных данных',
  places: {
    found: (count) =>
      `${pluralizeRu(count, 'Найден', 'Найдено', 'Найдено')} ${groupDigits(count)} ${pluralizeRu(count, 'вариант', 'варианта', 'вариантов')}`,
    none: 'Не нашли? Оставьте как написали',
  },
  choose: 'Выберите',
  suggestion: (text) => `Заменить на «${text}»`,
  limits: {
    amount: (minimum, maximum) => `от ${groupDigits(minimum)} до ${groupDigits(maximum)} ₽`,
    termDays: (minimum, maximum) => `от ${groupDigits(minimum)} до ${days(maximum)}`,
  },
} satisfies FormTexts
