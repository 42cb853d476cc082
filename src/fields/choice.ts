import { check, number, pipe, string } from 'valibot'
import type { FieldKind } from './field-kind.ts'

/** One of numbered options, 1 to `count`, as Devtek's document numbers them. */
export function numberedChoice(count: number): FieldKind<number> {
  const options = Array.from({ length: count }, (_, index) => index + 1)
  return {
    control: 'choice',
    attributes: { autoComplete: 'off' },
    options,
    schema: pipe(
      number('choice-unknown'),
      check((value) => options.includes(value), 'choice-unknown'),
    ),
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
    schema: pipe(
      string('choice-unknown'),
      check((value) => options.some((option) => option === value), 'choice-unknown'),
    ),
    normalise: (text) => text,
    format: (value) => value,
  }
}
