import { type GenericSchema, safeParse } from 'valibot'
import { parseJson } from '../json.ts'

/** The options of a provider's schema, by name. */
export function schemaEntries(schema: GenericSchema): Readonly<Record<string, GenericSchema>> {
  const { entries = {} }: { readonly entries?: Readonly<Record<string, GenericSchema>> } = Object(schema)
  return entries
}

/**
 * Parses texts of attributes and environment variables as JSON where the option does not accept a text: `123` becomes a
 * number. `names` are the options that may come so; unless given, all.
 */
export function parseTextOptions(
  textOptions: object = {},
  schema: GenericSchema,
  names: readonly string[] = Object.keys(textOptions),
): Readonly<Record<string, unknown>> {
  const entries = schemaEntries(schema)
  const options: Record<string, unknown> = { ...textOptions }
  for (const name of names) {
    const value = options[name]
    const entry = entries[name]
    if (typeof value !== 'string' || !entry || safeParse(entry, value).success) continue
    const json = parseJson(value)
    // A text that is not JSON stays, and the schema reports it.
    if (json !== undefined) options[name] = json
  }
  return options
}
