/** A NUL or a surrogate, which may be a lone one. */
const suspiciousText = /[\0\ud800-\udfff]/

/** A text as PostgreSQL can store it: without NUL, lone surrogates replaced. */
export function toStorableText(text: string): string {
  return suspiciousText.test(text) ? text.replaceAll('\0', '').toWellFormed() : text
}

/** An escape in JSON. `\\` is one, so that the text `\u0000` (six characters) is not mistaken for a NUL. */
const jsonEscape =
  /\\(?:u0000|(u[dD][89abAB][\da-fA-F]{2})(\\u[dD][c-fC-F][\da-fA-F]{2})?|u[dD][c-fC-F][\da-fA-F]{2}|.)/gs

/** JSON as `jsonb` can store it: the same for the texts and names inside it. */
export function toStorableJson(json: string): string {
  const text = toStorableText(json)
  if (!text.includes(String.raw`\u`)) return text
  return text.replace(jsonEscape, (escape, high?: string, low?: string) => {
    if (escape === String.raw`\u0000`) return ''
    if (high !== undefined) return low === undefined ? '\ufffd' : escape
    return /^\\u[dD][c-fC-F]/.test(escape) ? '\ufffd' : escape
  })
}

/** The parameters that are JSON, by the statement's text. Statements are few and constant. */
const jsonParametersBySql = new Map<string, ReadonlySet<number>>()

function jsonParametersOf(sql: string): ReadonlySet<number> {
  const known = jsonParametersBySql.get(sql)
  if (known) return known
  const found = new Set([...sql.matchAll(/\$(\d+)::jsonb?\b/g)].map(([, number]) => Number(number) - 1))
  if (jsonParametersBySql.size < 1000) jsonParametersBySql.set(sql, found)
  return found
}

/**
 * The parameters of a statement without what PostgreSQL cannot hold, whatever they come from. Every statement passes here,
 * and no other place has to remember it.
 */
export function toStorableParameters(sql: string, parameters: readonly unknown[]): unknown[] {
  const json = jsonParametersOf(sql)
  return parameters.map((parameter, index) => {
    if (typeof parameter === 'string')
      return json.has(index) ? toStorableJson(parameter) : toStorableText(parameter)
    if (Array.isArray(parameter))
      return parameter.map((item: unknown) => (typeof item === 'string' ? toStorableText(item) : item))
    return parameter
  })
}
