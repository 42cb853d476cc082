import { groupDigits } from '../../fields/text/group-digits.ts'
import { pluralizeRu } from './plural.ts'
import type { FormTexts } from '../texts.ts'

const years = (count: number): string => `${count} ${pluralizeRu(count, 'года', 'лет', 'лет')}`
const days = (count: number): string => `${groupDigits(count)} ${pluralizeRu(count, 'дня', 'дней', 'дней')}`

const failed = 'Не удалось отправить заявку. Ваши ответы на месте: проверьте связь и отправьте ещё раз.'
const sent = { title: 'Заявка отправлена', text: '' }

/**
 * The Russian texts that every form needs from the start. The others come with its definition, or as a file: `extendRu`
 * adds them. Where they are missing, these are true.
 */
export const commonRu = {
  fields: {
    amount: { label: 'Сумма займа, ₽', required: 'Укажите сумму' },
    termDays: { label: 'Срок, дней', required: 'Укажите срок' },
    lastName: { label: 'Фамилия', required: 'Укажите фамилию' },
    firstName: { label: 'Имя', required: 'Укажите имя' },
    middleName: { label: 'Отчество', required: 'Укажите отчество или отметьте, что его нет' },
    noMiddleName: { label: 'Нет отчества' },
    birthDate: { label: 'Дата рождения', placeholder: 'дд.мм.гггг', required: 'Укажите дату рождения' },
    phone: {
      label: 'Мобильный телефон',
      placeholder: '+7 900 000-00-00',
      required: 'Укажите номер телефона',
    },
  },
  address: {
    Region: { label: 'Регион', required: 'Выберите регион' },
    City: { label: 'Город или посёлок', required: 'Выберите город или посёлок' },
  },
  composites: {
    issuePlace: 'Где вы хотите получить заём',
  },
  options: {},
  issues: {
    required: 'Напишите ответ',
    'required-choice': 'Выберите один из вариантов',
    'age-minimum': (limit) => `Оформить заявку можно с ${years(limit)}`,
    'age-maximum': (limit) => `Оформить заявку можно до ${years(limit)} включительно`,
    'amount-minimum': (limit) => `Введите сумму от ${groupDigits(limit)} ₽`,
    'amount-maximum': (limit) => `Введите сумму до ${groupDigits(limit)} ₽`,
    'term-minimum': (limit) => `Введите срок от ${days(limit)}`,
    'term-maximum': (limit) => `Введите срок до ${days(limit)}`,
    'text-length': (limit) => `Слишком длинно. Сократите текст: знаков не больше ${limit}`,
    'choice-unknown': 'Выберите один из вариантов',
    'consent-required': 'Отметьте согласие: без него нельзя отправить заявку',
  },
  results: { accepted: sent, duplicate: sent, declined: sent, verification: sent, queued: sent },
  verification: 'Подтвердите телефон',
  verificationFailed: 'Код отправлен на ваш телефон, но ввести его пока нельзя. Проверьте связь.',
  retryLoading: 'Загрузить ещё раз',
  loading: 'Загружаем…',
  loadingFailed: 'Не удалось загрузить продолжение. Ваши ответы на месте: проверьте связь и нажмите ещё раз.',
  consents: {
    processing: 'Даю согласие на обработку моих персональных данных',
    transfer: 'Даю согласие на передачу моих данных кредиторам из списка',
    advertising: 'Даю согласие на получение рекламных предложений и новостей',
  },
  step: (index, total) => `Шаг ${index} из ${total}`,
  optional: 'необязательно',
  error: 'Ошибка:',
  warning: 'Обратите внимание:',
  next: 'Продолжить',
  back: 'Назад',
  submit: 'Отправить заявку',
  sending: 'Отправляем…',
  retry: 'Отправить ещё раз',
  failed,
  cancelled: failed,
  unexpected: failed,
  uncertain: failed,
  busy: failed,
  changed: 'Форма обновилась. Проверьте ответы, прочитайте документы и отметьте согласия ещё раз.',
  checkFields: (count) => `Осталось исправить: ${count}. Рядом написано, что сделать`,
  provider: 'Заявку не приняли:',
  document: 'Текст согласия',
  opensInNewTab: 'откроется в новой вкладке',
  optionalConsent: 'по желанию',
  operator: 'Данные обрабатывает',
  withdrawal: 'Отозвать согласие:',
  policy: 'Политика обработки персональных данных',
  places: {
    found: (count) =>
      `${pluralizeRu(count, 'Найден', 'Найдено', 'Найдено')} ${groupDigits(count)} ${pluralizeRu(count, 'вариант', 'варианта', 'вариантов')}`,
    none: 'Нет в списке? Напишите название целиком',
    inRussian: 'Выберите из списка или напишите по-русски',
  },
  passportNote: '',
  choose: 'Выберите',
  split: (text) => `Разделить: ${text}`,
  suggestion: (text) => `Заменить на «${text}»`,
  limits: {
    amount: (minimum, maximum) => `От ${groupDigits(minimum)} до ${groupDigits(maximum)} ₽`,
    termDays: (minimum, maximum) => `От ${groupDigits(minimum)} до ${days(maximum)}`,
  },
} satisfies FormTexts
