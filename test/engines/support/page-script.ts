/** The expression of a value's JSON, so that every protocol returns it alike. */
export function toJson(expression: string): string {
  return `JSON.stringify(${expression})`
}

/** Reads the value of such an expression. */
export function parseValue(json: unknown) {
  return typeof json === 'string' ? JSON.parse(json) : undefined
}
