import { pluralRu } from './plural-ru.ts'
import type { Texts } from './texts.ts'

const group = (value: number): string => String(value).replace(/\B(?=(?:\d{3})+$)/g, '\u00a0')
const countOf = (limit: string): number => Number(limit.replaceAll('\u00a0', ''))
const years = (limit: string): string => `${limit} ${pluralRu(countOf(limit), 'года', 'лет', 'лет')}`

/** Russian. */
export const ru: Texts = {
  fields: {
    amount: { label: 'Сумма займа, ₽' },
    termDays: { label: 'Срок, дней' },
    lastName: { label: 'Фамилия' },
    firstName: { label: 'Имя' },
    middleName: { label: 'Отчество' },
    noMiddleName: { label: 'Нет отчества' },
    birthDate: { label: 'Дата рождения', placeholder: 'дд.мм.гггг' },
    phone: { label: 'Мобильный телефон', placeholder: '+7 900 000-00-00' },
    email: { label: 'Электронная почта' },
    passport: {
      label: 'Серия и номер паспорта',
      placeholder: '00 00 000000',
      hint: '10 цифр с главной страницы',
    },
    passportIssuedDate: { label: 'Дата выдачи', placeholder: 'дд.мм.гггг' },
    passportIssuedCode: { label: 'Код подразделения', placeholder: '000-000' },
    passportIssuedBy: { label: 'Кем выдан', hint: 'Как в паспорте' },
    issuePlace: { label: 'Где вы хотите получить заём' },
  },
  issues: {
    required: 'Заполните это поле',
    'phone-incomplete': 'Введите номер полностью: 10 цифр после +7',
    'phone-not-mobile': 'Нужен мобильный номер: он начинается с +7 9',
    'phone-foreign': 'Нужен российский номер: он начинается с +7 9',
    'name-letters': 'Оставьте только русские буквы, дефис, пробел или апостроф',
    'name-cyrillic': 'Напишите русскими буквами, как в паспорте',
    'email-format': 'Введите адрес целиком, например ivan@example.ru',
    'email-length': 'Адрес слишком длинный: укажите другой, не длиннее 254 знаков',
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
    'amount-format': 'Введите сумму целыми рублями, например 30 000',
    'amount-minimum': (limit) => `Введите сумму от ${limit} ₽`,
    'amount-maximum': (limit) => `Введите сумму до ${limit} ₽`,
    'term-format': 'Введите срок целым числом дней, например 30',
    'term-minimum': (limit) => `Введите срок от ${limit} ${pluralRu(countOf(limit), 'дня', 'дней', 'дней')}`,
    'term-maximum': (limit) => `Введите срок до ${limit} ${pluralRu(countOf(limit), 'дня', 'дней', 'дней')}`,
    'kladr-format': 'Выберите город из списка',
    'text-length': 'Слишком длинно. Сократите, пожалуйста',
    'text-letters': 'Напишите русскими буквами, как в паспорте',
    'choice-unknown': 'Выберите один из вариантов',
    'consent-required': 'Без этого согласия заявку нельзя отправить. Отметьте, если вы согласны',
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
      title: 'Подтвердите телефон',
      text: 'Кредитор отправил вам код в СМС и попросит его ввести. Никому не называйте этот код по телефону.',
    },
    queued: {
      title: 'Заявка сохранена',
      text: 'Мы получили вашу заявку и отправим её кредитору, как только он будет на связи. Заполнять её ещё раз не нужно.',
    },
  },
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
  checkFields: (count) =>
    `Проверьте ${count} ${pluralRu(count, 'поле', 'поля', 'полей')}: под ${pluralRu(count, 'ним', 'ними', 'ними')} написано, что сделать`,
  provider: 'Кредитор не принял заявку:',
  document: 'Текст согласия',
  opensInNewTab: 'откроется в новой вкладке',
  optionalConsent: 'по желанию',
  operator: 'Данные обрабатывает',
  withdrawal: 'Отозвать согласие:',
  policy: 'Политика обработки персональных данных',
  otherPlace: 'Другой город',
  choosePlace: 'Выберите город',
  region: 'Город из списка',
  city: 'Название города',
  limits: {
    amount: (minimum, maximum) => `от ${group(minimum)} до ${group(maximum)} ₽`,
    termDays: (minimum, maximum) =>
      `от ${minimum} до ${group(maximum)} ${pluralRu(maximum, 'дня', 'дней', 'дней')}`,
  },
  group,
}
