import type { FieldKind } from './field-kind.ts'
import type { Checked } from './text-check.ts'

/** One of numbered options, 1 to `count`, as Devtek's document numbers them. */
export function numberedChoice(count: number): FieldKind<number> {
  const options = [...Array(count).keys()].map((index) => index + 1)
  return {
    control: 'choice',
    attributes: { autoComplete: 'off' },
    options,
    check: oneOf(options),
    normalise: (text) => (/^\d+$/.test(text) ? Number(text) : text),
    format: String,
  }
}

/** One of named options. */
export function namedChoice<const Name extends string>(options: readonly Name[]): FieldKind<string> {
  return {
    control: 'choice',
    attributes: { autoComplete: 'off' },
    options,
    check: oneOf(options),
    normalise: (text) => text,
    format: (value) => value,
  }
}

function oneOf<Option>(options: readonly Option[]): (candidate: unknown) => Checked<Option> {
  return (candidate) => {
    const value = options.find((option) => option === candidate)
    return value === undefined ? { code: 'choice-unknown' } : { value }
  }
}
