import * as v from 'valibot'
import { commonSwitches, defaultCommonSwitches } from '../switchboard.ts'
import { wireModes } from '../wire-modes.ts'

/** What Lotinfo itself may answer, and what the page calls it. Its document shows success and notices alone. */
export const ownModes = {
  notice: 'Принять с замечанием',
  'bad-request': 'Ошибка 400',
  refuse: 'Отказ в доступе',
  'error-200': 'Ошибка со статусом 200',
  'no-id': 'Без номера клиента',
} as const

/** One of {@link ownModes}. */
export type OwnMode = keyof typeof ownModes

/** The switches of the Lotinfo sandbox, checked. */
export const switchesSchema = v.strictObject({
  ...commonSwitches,
  mode: v.picklist(['strict', 'notice', 'bad-request', 'refuse', 'error-200', 'no-id', ...wireModes]),
  /** What `notice` says. */
  noticeText: v.pipe(v.string(), v.minLength(1)),
})

/** How the sandbox behaves at the moment. */
export type Switches = Readonly<v.InferOutput<typeof switchesSchema>>

/** The behaviour of a sandbox that nobody has touched. */
export const defaultSwitches: Switches = {
  ...defaultCommonSwitches,
  noticeText: 'У объекта сменился главный владелец.',
}
