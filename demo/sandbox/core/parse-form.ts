/** How a form's text becomes a switch's value. */
export type FormParser = (text: string) => unknown

/** Readings that several sandboxes need; a switch without one stays the text that it is. */
export const formParsers = {
  number: Number,
  flag: (text: string) => text === 'true',
  /** Empty is none. */
  count: (text: string) => (text === '' ? null : Number(text)),
} as const satisfies Record<string, FormParser>

/** Reads the fields of the page's forms into the same change as JSON would give; where a name comes twice, the last counts. */
export function parseSwitchForm(
  form: URLSearchParams,
  own: Readonly<Record<string, FormParser>> = {},
): Record<string, unknown> {
  const all: Readonly<Record<string, FormParser>> = {
    times: formParsers.count,
    slowMs: formParsers.number,
    ...own,
  }
  const change: Record<string, unknown> = {}
  for (const [name, value] of form) {
    const read = Object.hasOwn(all, name) ? all[name] : undefined
    change[name] = read ? read(value) : value
  }
  return change
}
