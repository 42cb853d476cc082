import * as v from 'valibot'
import { commonSwitches, defaultCommonSwitches } from '../core/switch-store.ts'
import { faultModes } from '../core/fault-modes.ts'

/** Lotinfo's own modes, with their labels on the page. The document shows only success and notices. */
export const lotinfoModes = {
  notice: 'Принять с замечанием',
  'bad-request': 'Ошибка 400',
  refuse: 'Отказ в доступе',
  'error-200': 'Ошибка со статусом 200',
  'no-id': 'Без номера клиента',
} as const

/** One of {@link lotinfoModes}. */
export type LotinfoMode = keyof typeof lotinfoModes

/** Schema of the switches of the Lotinfo sandbox. */
export const lotinfoSwitchesSchema = v.strictObject({
  ...commonSwitches,
  mode: v.picklist(['strict', 'notice', 'bad-request', 'refuse', 'error-200', 'no-id', ...faultModes]),
  /** The text of the notice in the mode `notice`. */
  noticeText: v.pipe(v.string(), v.minLength(1)),
})

/** The switches of the Lotinfo sandbox. */
export type LotinfoSwitches = Readonly<v.InferOutput<typeof lotinfoSwitchesSchema>>

/** The initial switches. */
export const defaultLotinfoSwitches: LotinfoSwitches = {
  ...defaultCommonSwitches,
  noticeText: 'У объекта сменился главный владелец.',
}
