/** Converts the text of a form field into the value of a switch. */
export type FormParser = (text: string) => unknown

/** Parsers for several sandboxes. A switch without a parser is a text. */
export const formParsers = {
  number: Number,
  flag: (text: string) => text === 'true',
  /** Null if the field is empty. */
  count: (text: string) => (text === '' ? null : Number(text)),
} as const satisfies Record<string, FormParser>

/** Parses the fields of the page's forms into the same change that JSON would give. The last field of a name counts. */
export function parseSwitchForm(
  form: URLSearchParams,
  parsers: Readonly<Record<string, FormParser>> = {},
): Record<string, unknown> {
  const all: Readonly<Record<string, FormParser>> = {
    times: formParsers.count,
    slowMs: formParsers.number,
    ...parsers,
  }
  const change: Record<string, unknown> = {}
  for (const [name, value] of form) {
    const parse = Object.hasOwn(all, name) ? all[name] : undefined
    change[name] = parse ? parse(value) : value
  }
  return change
}
