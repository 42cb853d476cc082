import { parseUrl } from './parse-url.ts'

/**
 * How one kind of option is read, from JavaScript or from an attribute's text. What is expected of it is told by
 * `expected-of.ts`, which only pages with a slip load.
 */
export interface OptionType<Value> {
  /** The value; `undefined` when what was given is none. */
  parse(given: unknown): Value | undefined
  /** The words of a choice. */
  readonly values?: readonly string[]
  /** The kinds of which any will do. */
  readonly anyOf?: readonly OptionType<unknown>[]
  /** The kind of a list's items. */
  readonly item?: OptionType<unknown>
}

/** A kind that reads lists; a single item may be given in place of a list of it. */
export interface ListOptionType<Item> extends OptionType<readonly Item[]> {
  readonly item: OptionType<Item>
}

/** What a kind reads. */
export type OptionValue<Kind> = Kind extends OptionType<infer Value> ? Value : never

/** What may be given where a kind reads. */
export type OptionInput<Kind> =
  Kind extends ListOptionType<infer Item> ? Item | readonly Item[] : OptionValue<Kind>

/** A text that is not empty. */
export const textOption: OptionType<string> = {
  parse: (given) => (typeof given === 'string' && given.trim() !== '' ? given : undefined),
}

/** An address of the web, also relative to the page. */
export const urlOption: OptionType<string> = {
  parse(given) {
    const url = textOption.parse(given)
    return url && /^https?:$/.test(parseUrl(url, 'https://page')?.protocol ?? '') ? url : undefined
  },
}

/** Yes or no; an attribute without a value is yes. */
export const booleanOption: OptionType<boolean> = {
  parse(given) {
    if (given === true || given === 'true' || given === '') return true
    return given === false || given === 'false' ? false : undefined
  },
}

/** A whole number, 0 or more. */
export const integerOption: OptionType<number> = {
  parse(given) {
    const number = textOption.parse(given) ? Number(given) : given
    return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : undefined
  },
}

/** One of several words. */
export function enumOption<const Word extends string>(...values: readonly Word[]): OptionType<Word> {
  return { values, parse: (given) => values.find((word) => word === given) }
}

/** An object, as it is or as JSON. What it holds is for its reader to check. */
export function objectOption<Value extends object>(): OptionType<Value> {
  return {
    parse(given) {
      const value: unknown = typeof given === 'string' ? parseJson(given) : given
      return isObjectOf<Value>(value) ? value : undefined
    },
  }
}

/** A list, as it is, as JSON, or as words between commas or spaces; a single item stands for a list of it. */
export function listOption<Item>(item: OptionType<Item>): ListOptionType<Item> {
  return {
    item,
    parse(given) {
      const parsed: unknown = typeof given === 'string' ? (parseJson(given) ?? given.split(/[\s,]+/)) : given
      const items: readonly unknown[] = Array.isArray(parsed) ? parsed.filter((one) => one !== '') : [parsed]
      const values = items.map((one) => item.parse(one))
      return values.every((value) => value !== undefined) ? values : undefined
    },
  }
}

/** The first kind that takes what was given. */
export function eitherOption<One, Other>(
  one: OptionType<One>,
  other: OptionType<Other>,
): OptionType<One | Other> {
  return { anyOf: [one, other], parse: (given) => one.parse(given) ?? other.parse(given) }
}

/** A function; an attribute can hold none. */
export function functionOption<Call extends (...given: never[]) => unknown>(): OptionType<Call> {
  return { parse: (given) => (isFunction<Call>(given) ? given : undefined) }
}

// Both vouch for a shape that its own reader checks, or that TypeScript has checked at the call.
function isObjectOf<Value extends object>(value: unknown): value is Value {
  return typeof value === 'object' && value !== null
}

function isFunction<Call>(value: unknown): value is Call {
  return typeof value === 'function'
}

function parseJson(given: string): unknown {
  try {
    return JSON.parse(given)
  } catch {
    return undefined
  }
}
