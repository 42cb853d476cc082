import { parseUrl } from '../parse-url.ts'

/** How one kind of option is read, from JavaScript or from an attribute's text. */
export interface OptionKind<Value> {
  /** What is right, for the sentence `expected …`. */
  readonly expected: string
  /** The value; `undefined` when what was given is none. */
  read(given: unknown): Value | undefined
}

/** What a kind reads. */
export type ValueOf<Kind> = Kind extends OptionKind<infer Value> ? Value : never

/** A text that is not empty. */
export const text: OptionKind<string> = {
  expected: 'a text',
  read: (given) => (typeof given === 'string' && given.trim() !== '' ? given : undefined),
}

/** An address of the web, also relative to the page. */
export const address: OptionKind<string> = {
  expected: 'an address, https://…',
  read(given) {
    const url = text.read(given)
    return url && /^https?:$/.test(parseUrl(url, 'https://page')?.protocol ?? '') ? url : undefined
  },
}

/** Yes or no; an attribute without a value is yes. */
export const flag: OptionKind<boolean> = {
  expected: 'true or false',
  read(given) {
    if (given === true || given === 'true' || given === '') return true
    return given === false || given === 'false' ? false : undefined
  },
}

/** A whole number, 0 or more. */
export const count: OptionKind<number> = {
  expected: 'a whole number',
  read(given) {
    const number = text.read(given) ? Number(given) : given
    return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : undefined
  },
}

/** A text or a number. */
export const id: OptionKind<string | number> = {
  expected: 'a text or a number',
  read: (given) => (typeof given === 'number' ? given : text.read(given)),
}

/** One of several words. */
export function choice<const Word extends string>(
  ...words: readonly Word[]
): OptionKind<Word> & { readonly words: readonly Word[] } {
  return {
    words,
    expected: words.map((word) => `"${word}"`).join(' or '),
    read: (given) => words.find((word) => word === given),
  }
}

/** An object, as it is or as JSON. What it holds is for its reader to check. */
export function structure<Value extends object>(expected = 'an object'): OptionKind<Value> {
  return {
    expected,
    read(given) {
      const value: unknown = typeof given === 'string' ? parseJson(given) : given
      return isStructure<Value>(value) ? value : undefined
    },
  }
}

/** A list, as it is, as JSON, or as words between commas or spaces; a single item stands for a list of it. */
export function list<Item>(
  item: OptionKind<Item>,
  expected: string,
): OptionKind<readonly Item[]> & { readonly item: OptionKind<Item> } {
  return {
    item,
    expected,
    read(given) {
      const parsed: unknown = typeof given === 'string' ? (parseJson(given) ?? given.split(/[\s,]+/)) : given
      const items: readonly unknown[] = Array.isArray(parsed) ? parsed.filter((one) => one !== '') : [parsed]
      const values = items.map((one) => item.read(one))
      return values.every((value) => value !== undefined) ? values : undefined
    },
  }
}

/** The first kind that takes what was given. */
export function either<One, Other>(
  one: OptionKind<One>,
  other: OptionKind<Other>,
): OptionKind<One | Other> & { readonly kinds: readonly [OptionKind<One>, OptionKind<Other>] } {
  return {
    kinds: [one, other],
    expected: `${one.expected}, or ${other.expected}`,
    read: (given) => one.read(given) ?? other.read(given),
  }
}

/** A function; an attribute can hold none. */
export function callback<Call extends (...given: never[]) => unknown>(): OptionKind<Call> {
  return { expected: 'a function', read: (given) => (isCall<Call>(given) ? given : undefined) }
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
