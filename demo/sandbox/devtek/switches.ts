import * as v from 'valibot'
import { readings } from '../form-change.ts'
import { commonSwitches, defaultCommonSwitches } from '../switchboard.ts'
import { wireModes } from '../wire-modes.ts'

/** What Devtek itself may answer, and what the page calls it. */
export const ownModes = {
  duplicate: 'Дубликат',
  'field-error': 'Ошибка в поле',
  refuse: 'Отказ в доступе',
} as const

/** One of {@link ownModes}. */
export type OwnMode = keyof typeof ownModes

const text = v.pipe(v.string(), v.minLength(1))

/** The switches of the Devtek sandbox, checked. */
export const switchesSchema = v.strictObject({
  ...commonSwitches,
  mode: v.picklist(['strict', 'duplicate', 'field-error', 'refuse', ...wireModes]),
  /** What `field-error` says. */
  fieldErrors: v.pipe(v.array(v.strictObject({ field: text, message: text })), v.minLength(1)),
  /** The HTTP status of a refused lead: the document shows none, and both have been met. */
  badStatus: v.picklist([400, 200]),
  /** Whether main may carry the ids of the geo lists instead of kladr. */
  acceptPlaceIds: v.boolean(),
  /** Whether a second lead with the phone of an accepted one is a duplicate. */
  rememberDuplicates: v.boolean(),
})

/** How the sandbox behaves at the moment. */
export type Switches = Readonly<v.InferOutput<typeof switchesSchema>>

/** The behaviour of a sandbox that nobody has touched. */
export const defaultSwitches: Switches = {
  ...defaultCommonSwitches,
  fieldErrors: [{ field: 'phone', message: 'Введите правильный номер телефона' }],
  badStatus: 400,
  acceptPlaceIds: false,
  rememberDuplicates: true,
}

/** How the page's forms are read. */
export const formReadings = {
  badStatus: readings.number,
  acceptPlaceIds: readings.flag,
  rememberDuplicates: readings.flag,
  fieldErrors: fieldErrorLines,
}

function fieldErrorLines(lines: string) {
  return lines
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [field = '', ...message] = line.split(':')
      return { field: field.trim(), message: message.join(':').trim() }
    })
}
