import * as v from 'valibot'
import { commonSwitches, defaultCommonSwitches } from '../core/switch-store.ts'
import { faultModes } from '../core/fault-modes.ts'

/** What 5CRM itself may answer, and what the page calls it. Its document shows success alone. */
export const fiveCrmModes = {
  'ans-boolean': 'true без кавычек',
  'field-error': 'Ошибка в поле',
  'ans-false': 'ans: false',
  'error-200': 'Ошибка со статусом 200',
  refuse: 'Отказ в доступе',
} as const

/** One of {@link fiveCrmModes}. */
export type FiveCrmMode = keyof typeof fiveCrmModes

const text = v.pipe(v.string(), v.minLength(1))

/** The switches of the 5CRM sandbox, checked. */
export const fiveCrmSwitchesSchema = v.strictObject({
  ...commonSwitches,
  mode: v.picklist([
    'strict',
    'ans-boolean',
    'field-error',
    'ans-false',
    'error-200',
    'refuse',
    ...faultModes,
  ]),
  /** The parameter that `field-error` names, and what it says. */
  errorField: text,
  errorText: text,
})

/** How the sandbox behaves at the moment. */
export type FiveCrmSwitches = Readonly<v.InferOutput<typeof fiveCrmSwitchesSchema>>

/** The behaviour of a sandbox that nobody has touched. */
export const defaultFiveCrmSwitches: FiveCrmSwitches = {
  ...defaultCommonSwitches,
  errorField: 'phone',
  errorText: 'Некорректный номер телефона.',
}
