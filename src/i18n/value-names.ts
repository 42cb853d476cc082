import type { AllTexts } from './all-texts.ts'

/** The paths of the texts that have values put in. */
type WrittenPath<Part, Path extends string = ''> = {
  [name in keyof Part & string]: Part[name] extends (...values: never[]) => string
    ? `${Path}${name}`
    : NonNullable<Part[name]> extends string
      ? never
      : WrittenPath<Part[name], `${Path}${name}.`>
}[keyof Part & string]

const valueNames = {
  step: ['index', 'total'],
  checkFields: ['count'],
  suggestion: ['text'],
  'places.found': ['count'],
  'limits.amount': ['minimum', 'maximum'],
  'limits.termDays': ['minimum', 'maximum'],
  'code.attempts': ['left'],
} as const satisfies Readonly<Record<WrittenPath<Omit<AllTexts, 'issues'>>, readonly string[]>>

const names: ReadonlyMap<string, readonly string[]> = new Map(Object.entries(valueNames))

/** The names of what is put into the text at a path, in their order; into those of issues, a limit. */
export function valueNamesAt(path: string): readonly string[] {
  return names.get(path) ?? ['limit']
}
