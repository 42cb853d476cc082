/** How a form's text becomes a switch's value. */
export type Reading = (text: string) => unknown

/** Readings that several sandboxes need; a switch without one stays the text that it is. */
export const readings = {
  number: Number,
  flag: (text: string) => text === 'true',
  /** Empty is none. */
  count: (text: string) => (text === '' ? null : Number(text)),
} as const satisfies Record<string, Reading>

/** Reads the fields of the page's forms into the same change as JSON would give; where a name comes twice, the last counts. */
export function changeFromForm(
  form: URLSearchParams,
  own: Readonly<Record<string, Reading>> = {},
): Record<string, unknown> {
  const all: Readonly<Record<string, Reading>> = { times: readings.count, slowMs: readings.number, ...own }
  const change: Record<string, unknown> = {}
  for (const [name, value] of form) {
    const read = Object.hasOwn(all, name) ? all[name] : undefined
    change[name] = read ? read(value) : value
  }
  return change
}
