import * as v from 'valibot'
import { formParsers } from '../core/parse-form.ts'
import { commonSwitches, defaultCommonSwitches } from '../core/switch-store.ts'
import { faultModes } from '../core/fault-modes.ts'

/** Admitad's own modes, with their labels on the page. */
export const admitadModes = {
  mixed: 'Часть программ отказала',
  none: 'Не приняла ни одна',
  declined: 'Сразу отклонена',
  approved: 'Сразу одобрена',
  waiting: 'Программа думает',
  error: 'Ошибка у программы',
  'field-error': 'Ошибка в поле',
  'bad-request': 'Неверный запрос',
  'error-200': 'Ошибка со статусом 200',
  'invalid-token': 'Токен не принят',
  'no-rights': 'Не хватает прав',
} as const

/** One of {@link admitadModes}. */
export type AdmitadMode = keyof typeof admitadModes

/** The calls to which the mode can apply, with their labels on the page. */
export const callLabels = {
  leads: 'заявки',
  confirm: 'код из СМС',
  list: 'список заявок',
  settings: 'настройки программ',
  token: 'выдача токена',
} as const

/** One of {@link callLabels}. */
export type SandboxCall = keyof typeof callLabels

const milliseconds = v.pipe(v.number(), v.integer(), v.minValue(0))
const text = v.pipe(v.string(), v.minLength(1))

/** Schema of the switches of the Admitad sandbox. */
export const admitadSwitchesSchema = v.strictObject({
  ...commonSwitches,
  mode: v.picklist([
    'strict',
    'mixed',
    'none',
    'declined',
    'approved',
    'waiting',
    'error',
    'field-error',
    'bad-request',
    'error-200',
    'invalid-token',
    'no-rights',
    ...faultModes,
  ]),
  calls: v.picklist(['leads', 'confirm', 'list', 'settings', 'token']),
  /** The error of the mode `field-error`. */
  fieldError: v.strictObject({ field: text, message: text }),
  /** What a campaign decides, and after how many milliseconds. */
  decision: v.picklist(['approved', 'declined', 'error', 'waiting']),
  decisionMs: milliseconds,
  /** The correct SMS code, the number of attempts, its lifetime in milliseconds, and the response to a wrong code. */
  code: text,
  attempts: v.pipe(v.number(), v.integer(), v.minValue(1)),
  codeMs: milliseconds,
  wrongCode: v.picklist(['waiting', 'error-400']),
  /** The lifetime of a token in seconds. */
  tokenSeconds: v.pipe(v.number(), v.integer(), v.minValue(1)),
  /** Whether more than 60 requests a minute are refused. */
  limitRate: v.boolean(),
})

/** The switches of the Admitad sandbox. */
export type AdmitadSwitches = Readonly<v.InferOutput<typeof admitadSwitchesSchema>>

/** The initial switches. */
export const defaultAdmitadSwitches: AdmitadSwitches = {
  ...defaultCommonSwitches,
  calls: 'leads',
  fieldError: { field: 'mobile_phone', message: 'Неверный номер телефона' },
  decision: 'approved',
  decisionMs: 20_000,
  code: '1234',
  attempts: 3,
  codeMs: 300_000,
  wrongCode: 'waiting',
  tokenSeconds: 3600,
  limitRate: true,
}

/** Parsers of the fields of the page's forms. */
export const admitadFormParsers = {
  decisionMs: formParsers.number,
  attempts: formParsers.number,
  codeMs: formParsers.number,
  tokenSeconds: formParsers.number,
  limitRate: formParsers.flag,
  fieldError(line: string) {
    const [field = '', ...message] = line.split(':')
    return { field: field.trim(), message: message.join(':').trim() }
  },
}
