import type { FieldKind } from './field-kind.ts'

/** One of several options, numbers or words; in an input each stands as its text. */
export function choice<const Option extends string | number>(options: readonly Option[]): FieldKind<Option> {
  return {
    control: 'choice',
    attributes: { autoComplete: 'off' },
    options,
    check(candidate) {
      const value = options.find((option) => option === candidate)
      return value === undefined ? { code: 'choice-unknown' } : { value }
    },
    normalise: (text) => options.find((option) => String(option) === text) ?? text,
    format: String,
  }
}
