import { isRecord } from './json.ts'

/** A deviation from a document: the path of the parameter, and what the document says. */
export type Deviation = { readonly path: string; readonly expected: string }

/** Finds the deviations of a value. */
export type Check = (value: unknown, path: string) => readonly Deviation[]

/** A text that is not empty and has no spaces around it, of a pattern if the document has one. */
export function text(pattern = /^\S(?:.*\S)?$/su, expected = 'a text'): Check {
  return (value, path) => (typeof value === 'string' && pattern.test(value) ? [] : [{ path, expected }])
}

/** A whole number, 0 or more. */
export const integer: Check = (value, path) =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
    ? []
    : [{ path, expected: 'a whole number' }]

/** A number. */
export const decimal: Check = (value, path) =>
  typeof value === 'number' && Number.isFinite(value) ? [] : [{ path, expected: 'a number' }]

/** One of some values. */
export function oneOf(...values: readonly unknown[]): Check {
  return (value, path) => (values.includes(value) ? [] : [{ path, expected: values.join(', ') }])
}

/** An existing day `YYYY-MM-DD`. */
export const isoDate: Check = (value, path) => {
  const date = typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) ? new Date(value) : undefined
  const isReal = date && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(String(value))
  return isReal ? [] : [{ path, expected: 'a date YYYY-MM-DD' }]
}

/** A list with a number of items. */
export function listOf(item: Check, { min = 1, max = 50 } = {}): Check {
  return (value, path) =>
    Array.isArray(value) && value.length >= min && value.length <= max
      ? value.flatMap((each: unknown, index) => item(each, `${path}.${index}`))
      : [{ path, expected: `a list of ${min} to ${max}` }]
}

/** An object with no other members than those of the document. */
export function objectOf(
  members: Readonly<Record<string, Check>>,
  required: readonly string[] = [],
  /** Checks members that are not listed, such as those of an account's own. */
  other: Check = (_, path) => [{ path, expected: 'no such parameter' }],
): Check {
  return (value, path) => {
    if (!isRecord(value)) return [{ path, expected: 'an object' }]
    const at = (name: string) => (path === '' ? name : `${path}.${name}`)
    return [
      ...required
        .filter((name) => !Object.hasOwn(value, name))
        .map((name) => ({ path: at(name), expected: 'a required parameter' })),
      ...Object.entries(value).flatMap(([name, each]) => {
        const check = Object.hasOwn(members, name) ? members[name] : undefined
        return (check ?? other)(each, at(name))
      }),
    ]
  }
}
