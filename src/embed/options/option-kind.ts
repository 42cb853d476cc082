import { parseUrl } from '../parse-url.ts'

/**
 * How one kind of option is read, from JavaScript or from an attribute's text. What is expected of it is told by
 * `expected-of.ts`, which only pages with a slip load.
 */
export interface OptionKind<Value> {
  /** The value; `undefined` when what was given is none. */
  read(given: unknown): Value | undefined
  /** The words of a choice. */
  readonly words?: readonly string[]
  /** The kinds of which any will do. */
  readonly kinds?: readonly OptionKind<unknown>[]
  /** The kind of a list's items. */
  readonly item?: OptionKind<unknown>
}

/** A kind that reads lists; a single item may be given in place of a list of it. */
export interface ListKind<Item> extends OptionKind<readonly Item[]> {
  readonly item: OptionKind<Item>
}

/** What a kind reads. */
export type ValueOf<Kind> = Kind extends OptionKind<infer Value> ? Value : never

/** What may be given where a kind reads. */
export type GivenOf<Kind> = Kind extends ListKind<infer Item> ? Item | readonly Item[] : ValueOf<Kind>

/** A text that is not empty. */
export const text: OptionKind<string> = {
  read: (given) => (typeof given === 'string' && given.trim() !== '' ? given : undefined),
}

/** An address of the web, also relative to the page. */
export const address: OptionKind<string> = {
  read(given) {
    const url = text.read(given)
    return url && /^https?:$/.test(parseUrl(url, 'https://page')?.protocol ?? '') ? url : undefined
  },
}

/** Yes or no; an attribute without a value is yes. */
export const flag: OptionKind<boolean> = {
  read(given) {
    if (given === true || given === 'true' || given === '') return true
    return given === false || given === 'false' ? false : undefined
  },
}

/** A whole number, 0 or more. */
export const count: OptionKind<number> = {
  read(given) {
    const number = text.read(given) ? Number(given) : given
    return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : undefined
  },
}

/** One of several words. */
export function choice<const Word extends string>(...words: readonly Word[]): OptionKind<Word> {
  return { words, read: (given) => words.find((word) => word === given) }
}

/** An object, as it is or as JSON. What it holds is for its reader to check. */
export function structure<Value extends object>(): OptionKind<Value> {
  return {
    read(given) {
      const value: unknown = typeof given === 'string' ? parseJson(given) : given
      return isStructure<Value>(value) ? value : undefined
    },
  }
}

/** A list, as it is, as JSON, or as words between commas or spaces; a single item stands for a list of it. */
export function list<Item>(item: OptionKind<Item>): ListKind<Item> {
  return {
    item,
    read(given) {
      const parsed: unknown = typeof given === 'string' ? (parseJson(given) ?? given.split(/[\s,]+/)) : given
      const items: readonly unknown[] = Array.isArray(parsed) ? parsed.filter((one) => one !== '') : [parsed]
      const values = items.map((one) => item.read(one))
      return values.every((value) => value !== undefined) ? values : undefined
    },
  }
}

/** The first kind that takes what was given. */
export function either<One, Other>(one: OptionKind<One>, other: OptionKind<Other>): OptionKind<One | Other> {
  return { kinds: [one, other], read: (given) => one.read(given) ?? other.read(given) }
}

/** A function; an attribute can hold none. */
export function callback<Call extends (...given: never[]) => unknown>(): OptionKind<Call> {
  return { read: (given) => (isCall<Call>(given) ? given : undefined) }
}

// Both vouch for a shape that its own reader checks, or that TypeScript has checked at the call.
function isStructure<Value extends object>(value: unknown): value is Value {
  return typeof value === 'object' && value !== null
}

function isCall<Call>(value: unknown): value is Call {
  return typeof value === 'function'
}

function parseJson(given: string): unknown {
  try {
    return JSON.parse(given)
  } catch {
    return undefined
  }
}
