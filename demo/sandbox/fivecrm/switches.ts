import * as v from 'valibot'
import { commonSwitches, defaultCommonSwitches } from '../switchboard.ts'
import { wireModes } from '../wire-modes.ts'

/** What 5CRM itself may answer, and what the page calls it. Its document shows success alone. */
export const ownModes = {
  'ans-boolean': 'true без кавычек',
  'field-error': 'Ошибка в поле',
  'ans-false': 'ans: false',
  'error-200': 'Ошибка со статусом 200',
  refuse: 'Отказ в доступе',
} as const

/** One of {@link ownModes}. */
export type OwnMode = keyof typeof ownModes

const text = v.pipe(v.string(), v.minLength(1))

/** The switches of the 5CRM sandbox, checked. */
export const switchesSchema = v.strictObject({
  ...commonSwitches,
  mode: v.picklist([
    'strict',
    'ans-boolean',
    'field-error',
    'ans-false',
    'error-200',
    'refuse',
    ...wireModes,
  ]),
  /** The parameter that `field-error` names, and what it says. */
  errorField: text,
  errorText: text,
})

/** How the sandbox behaves at the moment. */
export type Switches = Readonly<v.InferOutput<typeof switchesSchema>>

/** The behaviour of a sandbox that nobody has touched. */
export const defaultSwitches: Switches = {
  ...defaultCommonSwitches,
  errorField: 'phone',
  errorText: 'Некорректный номер телефона.',
}
