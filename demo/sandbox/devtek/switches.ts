import * as v from 'valibot'
import { formParsers } from '../core/parse-form.ts'
import { commonSwitches, defaultCommonSwitches } from '../core/switch-store.ts'
import { faultModes } from '../core/fault-modes.ts'

/** Devtek's own modes, with their labels on the page. */
export const devtekModes = {
  duplicate: 'Дубликат',
  'field-error': 'Ошибка в поле',
  refuse: 'Отказ в доступе',
} as const

/** One of {@link devtekModes}. */
export type DevtekMode = keyof typeof devtekModes

/** The modes of the lists of places, with their labels on the page. */
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

/** Schema of the switches of the Devtek sandbox. */
export const devtekSwitchesSchema = v.strictObject({
  ...commonSwitches,
  mode: v.picklist(['strict', 'duplicate', 'field-error', 'refuse', ...faultModes]),
  /** The errors of the mode `field-error`. */
  fieldErrors: v.pipe(v.array(v.strictObject({ field: text, message: text })), v.minLength(1)),
  /** The mode of the lists of places. It stays until it is changed. */
  lists: v.picklist(['strict', 'slow', 'error-500', 'garbage', 'html', 'empty']),
  /** The number of invented cities; null for the short list. */
  cities: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(200_000))),
  /** Whether lists have no wrapper object. */
  listsBare: v.boolean(),
  /** Whether ids and flags of lists are texts. */
  listsAsText: v.boolean(),
  /** Whether cities have their KLADR code. */
  listsWithKladr: v.boolean(),
  /** The HTTP status of a refused lead. The document gives none; both occur. */
  badStatus: v.picklist([400, 200]),
  /** Whether main may have ids of the place lists, or names, instead of a kladr. */
  acceptPlaceIds: v.boolean(),
  /** Whether a second lead with the phone of an accepted one is a duplicate. */
  rememberDuplicates: v.boolean(),
})

/** The switches of the Devtek sandbox. */
export type DevtekSwitches = Readonly<v.InferOutput<typeof devtekSwitchesSchema>>

/** The initial switches. */
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

/** Parsers of the fields of the page's forms. */
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
