import * as v from 'valibot'
import { formParsers } from '../core/parse-form.ts'
import { commonSwitches, defaultCommonSwitches } from '../core/switch-store.ts'
import { faultModes } from '../core/fault-modes.ts'

/** What Admitad itself may answer, and what the page calls it. */
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

/** What the mode applies to. */
export const callLabels = {
  leads: 'заявки',
  confirm: 'код из СМС',
  list: 'список заявок',
  settings: 'настройки программ',
  token: 'выдача токена',
} as const

/** The call of one kind. */
export type SandboxCall = keyof typeof callLabels

const milliseconds = v.pipe(v.number(), v.integer(), v.minValue(0))
const text = v.pipe(v.string(), v.minLength(1))

/** The switches of the Admitad sandbox, checked. */
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
  /** What `field-error` says. */
  fieldError: v.strictObject({ field: text, message: text }),
  /** What a program decides, and how long that takes after it has got an application. */
  decision: v.picklist(['approved', 'declined', 'error', 'waiting']),
  decisionMs: milliseconds,
  /** The right code, how often one may be wrong, how long it holds, and how a wrong one is answered. */
  code: text,
  attempts: v.pipe(v.number(), v.integer(), v.minValue(1)),
  codeMs: milliseconds,
  wrongCode: v.picklist(['waiting', 'error-400']),
  /** How long a token holds. */
  tokenSeconds: v.pipe(v.number(), v.integer(), v.minValue(1)),
  /** Whether more than 60 requests a minute are refused. */
  limitRate: v.boolean(),
})

/** How the sandbox behaves at the moment. */
export type AdmitadSwitches = Readonly<v.InferOutput<typeof admitadSwitchesSchema>>

/** The behaviour of a sandbox that nobody has touched. */
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

/** How the page's forms are read. */
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
