import * as v from 'valibot'
import { isRecord } from './json-record.ts'

/** The ways of answering a lead. */
export const modes = [
  'strict',
  'duplicate',
  'field-error',
  'error-500',
  'slow',
  'hold',
  'drop',
  'garbage',
  'html',
  'empty',
  'truncated',
  'refuse',
] as const

/** The ways of answering with a list of places. */
export const listModes = ['strict', 'slow', 'error-500', 'garbage', 'html', 'empty'] as const

/** One way of answering with a list of places. */
export type ListMode = (typeof listModes)[number]

/** One way of answering a lead. */
export type Mode = (typeof modes)[number]

const text = v.pipe(v.string(), v.minLength(1))

const switchesSchema = v.strictObject({
  mode: v.picklist(modes),
  /** How many leads the mode lasts for before `strict` returns; null: until it is changed. */
  times: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1))),
  /** What `field-error` says. */
  fieldErrors: v.pipe(v.array(v.strictObject({ field: text, message: text })), v.minLength(1)),
  /** How the lists of places answer, until it is changed. */
  lists: v.picklist(listModes),
  /** How many cities are listed, all invented; null: the few that are written by hand. */
  cities: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(200_000))),
  /** Whether a list comes without an envelope. */
  listsBare: v.boolean(),
  /** Whether ids and flags of lists are texts. */
  listsAsText: v.boolean(),
  /** Whether cities carry their KLADR code. */
  listsWithKladr: v.boolean(),
  /** How late `slow` answers, in milliseconds. */
  slowMs: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(600_000)),
  /** The HTTP status of a refused lead: the document shows none, and both have been met. */
  badStatus: v.picklist([400, 200]),
  /** Whether main may carry the ids of the geo lists, or names, instead of kladr. */
  acceptPlaceIds: v.boolean(),
  /** Whether a second lead with the phone of an accepted one is a duplicate. */
  rememberDuplicates: v.boolean(),
})

/** How the sandbox behaves at the moment. */
export type Switches = Readonly<v.InferOutput<typeof switchesSchema>>

/** The behaviour of a sandbox that nobody has touched. */
export const defaultSwitches: Switches = {
  mode: 'strict',
  times: null,
  fieldErrors: [{ field: 'phone', message: 'Введите правильный номер телефона' }],
  lists: 'strict',
  cities: null,
  listsBare: false,
  listsAsText: false,
  listsWithKladr: false,
  slowMs: 5000,
  badStatus: 400,
  acceptPlaceIds: false,
  rememberDuplicates: true,
}

/** The switches after a change, or what is wrong with the change; a mode named without `times` lasts until it is changed. */
export function parseSwitches(
  current: Switches,
  change: unknown,
): { readonly switches: Switches } | { readonly problems: readonly string[] } {
  if (!isRecord(change)) return { problems: ['a JSON object is expected'] }
  const renewed = 'mode' in change ? { ...current, times: null } : current
  const result = v.safeParse(switchesSchema, { ...renewed, ...change })
  if (!result.success)
    return {
      problems: result.issues.map((issue) => `${v.getDotPath(issue) ?? 'switches'}: ${issue.message}`),
    }
  return { switches: result.output.mode === 'strict' ? { ...result.output, times: null } : result.output }
}

const flags: ReadonlySet<string> = new Set(
  Object.entries(defaultSwitches).flatMap(([name, value]) => (typeof value === 'boolean' ? [name] : [])),
)

/** Reads the fields of the page's forms into the same change as JSON would give; where a name comes twice, the last counts. */
export function changeFromForm(form: URLSearchParams): Record<string, unknown> {
  const change: Record<string, unknown> = {}
  for (const [name, value] of form) {
    if (name === 'times' || name === 'cities') change[name] = value === '' ? null : Number(value)
    else if (name === 'slowMs' || name === 'badStatus') change[name] = Number(value)
    else if (flags.has(name)) change[name] = value === 'true'
    else if (name === 'fieldErrors') change[name] = fieldErrorLines(value)
    else change[name] = value
  }
  return change
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
