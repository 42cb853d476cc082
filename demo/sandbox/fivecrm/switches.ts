import * as v from 'valibot'
import { commonSwitches, defaultCommonSwitches } from '../core/switch-store.ts'
import { faultModes } from '../core/fault-modes.ts'

/** 5CRM's own modes, with their labels on the page. The document shows only success. */
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

/** Schema of the switches of the 5CRM sandbox. */
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
  /** The parameter and the message of the mode `field-error`. */
  errorField: text,
  errorText: text,
})

/** The switches of the 5CRM sandbox. */
export type FiveCrmSwitches = Readonly<v.InferOutput<typeof fiveCrmSwitchesSchema>>

/** The initial switches. */
export const defaultFiveCrmSwitches: FiveCrmSwitches = {
  ...defaultCommonSwitches,
  errorField: 'phone',
  errorText: 'Некорректный номер телефона.',
}
