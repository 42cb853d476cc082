import { parseJson } from '../../providers/core/json.ts'
import { parseUrl } from './parse-url.ts'

/**
 * How one type of option is parsed, from JavaScript or from an attribute's text. `advice.chunk.ts`, which only pages
 * with a wrong option load, describes what it expects.
 */
export interface OptionType<Value> {
  /** The value; `undefined` if the candidate is invalid. */
  parse(candidate: unknown): Value | undefined
  /** The values of an enumeration. */
  readonly values?: readonly string[]
  /** The alternatives of a union. */
  readonly anyOf?: readonly OptionType<unknown>[]
  /** The type of a list's items. */
  readonly item?: OptionType<unknown>
}

/** The type of a list. A single item is accepted in place of a list. */
export interface ListOptionType<Item> extends OptionType<readonly Item[]> {
  readonly item: OptionType<Item>
}

/** What a type parses to. */
export type OptionValue<Type> = Type extends OptionType<infer Value> ? Value : never

/** What a page may pass for a type. */
export type OptionInput<Type> =
  Type extends ListOptionType<infer Item> ? Item | readonly Item[] : OptionValue<Type>

/** A non-empty text. */
export const textOption: OptionType<string> = {
  parse: (candidate) => (typeof candidate === 'string' && candidate.trim() !== '' ? candidate : undefined),
}

/** An http or https URL, absolute or relative to the page. */
export const urlOption: OptionType<string> = {
  parse(candidate) {
    const url = textOption.parse(candidate)
    return url && /^https?:$/.test(parseUrl(url, 'https://page')?.protocol ?? '') ? url : undefined
  },
}

/** The address of a relay's form. What is wrong with it is found where it is used. */
export const relayOption: OptionType<string> = { ...textOption }

/** A boolean; an attribute without a value is `true`. */
export const booleanOption: OptionType<boolean> = {
  parse(candidate) {
    if (candidate === true || candidate === 'true' || candidate === '') return true
    return candidate === false || candidate === 'false' ? false : undefined
  },
}

/** A whole number, 0 or more. */
export const integerOption: OptionType<number> = {
  parse(candidate) {
    const number = textOption.parse(candidate) ? Number(candidate) : candidate
    return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : undefined
  },
}

/** One of several values. */
export function enumOption<const Name extends string>(...values: readonly Name[]): OptionType<Name> {
  return { values, parse: (candidate) => values.find((value) => value === candidate) }
}

/** An object, or JSON of one. Its content is checked where it is used. */
export function objectOption<Value extends object>(): OptionType<Value> {
  return {
    parse(candidate) {
      const value: unknown = typeof candidate === 'string' ? parseJson(candidate) : candidate
      return isObjectOf<Value>(value) ? value : undefined
    },
  }
}

/** A list: an array, JSON, or items separated by commas or spaces. A single item is a list of one. */
export function listOption<Item>(item: OptionType<Item>): ListOptionType<Item> {
  return {
    item,
    parse(candidate) {
      const parsed: unknown =
        typeof candidate === 'string' ? (parseJson(candidate) ?? candidate.split(/[\s,]+/)) : candidate
      const items: readonly unknown[] = Array.isArray(parsed) ? parsed.filter((one) => one !== '') : [parsed]
      const values = items.map((one) => item.parse(one))
      return values.every((value) => value !== undefined) ? values : undefined
    },
  }
}

/** The first of two types that accepts the candidate. */
export function eitherOption<One, Other>(
  one: OptionType<One>,
  other: OptionType<Other>,
): OptionType<One | Other> {
  return { anyOf: [one, other], parse: (candidate) => one.parse(candidate) ?? other.parse(candidate) }
}

/** A function, which an attribute cannot hold. */
export function functionOption<Call extends (...args: never[]) => unknown>(): OptionType<Call> {
  return { parse: (candidate) => (isFunction<Call>(candidate) ? candidate : undefined) }
}

// Both guards trust a shape that is checked where it is used, or that TypeScript has checked at the call.
function isObjectOf<Value extends object>(value: unknown): value is Value {
  return typeof value === 'object' && value !== null
}

function isFunction<Call>(value: unknown): value is Call {
  return typeof value === 'function'
}
