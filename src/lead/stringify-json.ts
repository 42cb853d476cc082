/**
 * Serialises plain data: what `JSON.parse` can return, and moments as ISO 8601. No other `toJSON` is called, because old
 * libraries add one to lists and to objects that returns a text: Prototype's makes `["a"]` the string `"[\"a\"]"`.
 */
export function stringifyJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, readPlainly, indent)
}

/** Gets the value that `toJSON` has already been called on, and takes the one that its holder has. */
function readPlainly(this: Readonly<Record<string, unknown>>, key: string): unknown {
  const { [key]: own } = this
  return own instanceof Date ? own.toISOString() : own
}
