import * as v from 'valibot'
import { formParsers } from '../core/parse-form.ts'
import { commonSwitches, defaultCommonSwitches } from '../core/switch-store.ts'
import { faultModes } from '../core/fault-modes.ts'

/** What Devtek itself may answer, and what the page calls it. */
export const devtekModes = {
  duplicate: 'Дубликат',
  'field-error': 'Ошибка в поле',
  refuse: 'Отказ в доступе',
} as const

/** One of {@link devtekModes}. */
export type DevtekMode = keyof typeof devtekModes

/** The ways of answering with a list of places, and what the page calls them. */
export const listModes = {
  strict: 'как обычно',
  slow: 'медленно',
  'error-500': 'ошибка 500',
  garbage: 'мусор вместо JSON',
  html: 'HTML вместо JSON',
  empty: 'пустой ответ',
} as const

/** One of {@link listModes}. */
export type ListMode = keyof typeof listModes

const text = v.pipe(v.string(), v.minLength(1))

/** The switches of the Devtek sandbox, checked. */
export const devtekSwitchesSchema = v.strictObject({
  ...commonSwitches,
  mode: v.picklist(['strict', 'duplicate', 'field-error', 'refuse', ...faultModes]),
  /** What `field-error` says. */
  fieldErrors: v.pipe(v.array(v.strictObject({ field: text, message: text })), v.minLength(1)),
  /** How the lists of places answer, until it is changed. */
  lists: v.picklist(['strict', 'slow', 'error-500', 'garbage', 'html', 'empty']),
  /** How many cities are listed, all invented; null: the few that are written by hand. */
  cities: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(200_000))),
  /** Whether a list comes without an envelope. */
  listsBare: v.boolean(),
  /** Whether ids and flags of lists are texts. */
  listsAsText: v.boolean(),
  /** Whether cities carry their KLADR code. */
  listsWithKladr: v.boolean(),
  /** The HTTP status of a refused lead: the document shows none, and both have been met. */
  badStatus: v.picklist([400, 200]),
  /** Whether main may carry the ids of the geo lists, or names, instead of kladr. */
  acceptPlaceIds: v.boolean(),
  /** Whether a second lead with the phone of an accepted one is a duplicate. */
  rememberDuplicates: v.boolean(),
})

/** How the sandbox behaves at the moment. */
export type DevtekSwitches = Readonly<v.InferOutput<typeof devtekSwitchesSchema>>

/** The behaviour of a sandbox that nobody has touched. */
export const defaultDevtekSwitches: DevtekSwitches = {
  ...defaultCommonSwitches,
  fieldErrors: [{ field: 'phone', message: 'Введите правильный номер телефона' }],
  lists: 'strict',
  cities: null,
  listsBare: false,
  listsAsText: false,
  listsWithKladr: false,
  badStatus: 400,
  acceptPlaceIds: false,
  rememberDuplicates: true,
}

/** How the page's forms are read. */
export const devtekFormParsers = {
  badStatus: formParsers.number,
  acceptPlaceIds: formParsers.flag,
  rememberDuplicates: formParsers.flag,
  fieldErrors: fieldErrorLines,
  cities: formParsers.count,
  listsBare: formParsers.flag,
  listsAsText: formParsers.flag,
  listsWithKladr: formParsers.flag,
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
