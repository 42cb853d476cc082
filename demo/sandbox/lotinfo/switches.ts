import * as v from 'valibot'
import { commonSwitches, defaultCommonSwitches } from '../core/switch-store.ts'
import { faultModes } from '../core/fault-modes.ts'

/** What Lotinfo itself may answer, and what the page calls it. Its document shows success and notices alone. */
export const lotinfoModes = {
  notice: 'Принять с замечанием',
  'bad-request': 'Ошибка 400',
  refuse: 'Отказ в доступе',
  'error-200': 'Ошибка со статусом 200',
  'no-id': 'Без номера клиента',
} as const

/** One of {@link lotinfoModes}. */
export type LotinfoMode = keyof typeof lotinfoModes

/** The switches of the Lotinfo sandbox, checked. */
export const lotinfoSwitchesSchema = v.strictObject({
  ...commonSwitches,
  mode: v.picklist(['strict', 'notice', 'bad-request', 'refuse', 'error-200', 'no-id', ...faultModes]),
  /** What `notice` says. */
  noticeText: v.pipe(v.string(), v.minLength(1)),
})

/** How the sandbox behaves at the moment. */
export type LotinfoSwitches = Readonly<v.InferOutput<typeof lotinfoSwitchesSchema>>

/** The behaviour of a sandbox that nobody has touched. */
export const defaultLotinfoSwitches: LotinfoSwitches = {
  ...defaultCommonSwitches,
  noticeText: 'У объекта сменился главный владелец.',
}
