import { groupDigits } from '../../fields/text/group-digits.ts'
import { pluralizeRu } from './plural.ts'
import type { FormTexts } from '../texts.ts'

/** `1 дня`, `30 дней`: the genitive case. */
export const days = (count: number): string =>
  `${groupDigits(count)} ${pluralizeRu(count, 'дня', 'дней', 'дней')}`

const noText = (): string => ''
const noResult = { title: '', text: '' }

/** The texts that no form shows before they have come as a file. */
export const pendingTexts = {
  issues: { required: '' },
  results: {
    accepted: noResult,
    duplicate: noResult,
    declined: noResult,
    verification: noResult,
    queued: noResult,
  },
  verification: '',
  verificationFailed: '',
  retryLoading: '',
  error: '',
  warning: '',
  back: '',
  sending: '',
  retry: '',
  failed: '',
  cancelled: '',
  unexpected: '',
  uncertain: '',
  busy: '',
  changed: '',
  checkFields: noText,
  allCorrected: '',
  corrected: '',
  checkName: '',
  provider: '',
  split: noText,
  suggestion: noText,
  passportNote: '',
  loanRisks: '',
  loanConditions: '',
} satisfies Partial<FormTexts>

/** In place of a form that has not come yet. No language can be loaded then. */
export const unavailableTexts = {
  ru: {
    unavailable:
      'Форма пока не загрузилась. Проверьте связь: как только она восстановится, форма появится сама.',
    load: 'Загрузить сейчас',
    loading: 'Загружаем…',
  },
  en: {
    unavailable:
      'The form has not loaded yet. Check your connection: once it is back, the form appears by itself.',
    load: 'Load now',
    loading: 'Loading…',
  },
} as const

/**
 * The Russian texts that every form needs from the start. The others come with its definition, or as a file: `extendRu`
 * adds them.
 */
export const commonRu = {
  fields: {
    amount: { label: 'Сумма займа, ₽' },
    termDays: { label: 'Срок, дней' },
    lastName: { label: 'Фамилия' },
    firstName: { label: 'Имя' },
    middleName: { label: 'Отчество' },
    noMiddleName: { label: 'Нет отчества' },
    birthDate: { label: 'Дата рождения', placeholder: 'дд.мм.гггг' },
    phone: {
      label: 'Мобильный телефон',
      placeholder: '+7 900 000-00-00',
    },
  },
  address: {
    Region: { label: 'Регион' },
    City: { label: 'Город или посёлок' },
  },
  composites: {},
  options: {},
  close: 'Закрыть',
  loading: 'Загружаем…',
  loadingFailed: 'Не удалось загрузить продолжение. Ваши ответы на месте: проверьте связь и нажмите ещё раз.',
  consents: {
    processing: 'Даю согласие на обработку моих персональных данных',
    transfer: 'Даю согласие на передачу моих данных кредиторам из списка',
    advertising: 'Даю согласие на получение рекламных предложений и новостей',
  },
  step: (index, total) => `Шаг ${index} из ${total}`,
  optional: 'необязательно',
  next: 'Продолжить',
  submit: 'Отправить заявку',
  document: 'Текст согласия',
  opensInNewTab: 'откроется в новой вкладке',
  optionalConsent: 'по желанию',
  operator: 'Данные обрабатывает',
  withdrawal: 'Отозвать согласие:',
  policy: 'Политика обработки персональных данных',
  choose: 'Выберите',
  limits: {
    amount: (minimum, maximum) => `От ${groupDigits(minimum)} до ${groupDigits(maximum)} ₽`,
    termDays: (minimum, maximum) => `От ${groupDigits(minimum)} до ${days(maximum)}`,
  },
} satisfies Omit<FormTexts, keyof typeof pendingTexts>
