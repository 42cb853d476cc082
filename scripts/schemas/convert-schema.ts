import { type ConversionConfig, type JsonSchema, toJsonSchema } from '@valibot/to-json-schema'
import type { GenericSchema } from 'valibot'

export type { JsonSchema }

/** What a conversion needs in addition to the schema. */
export interface ConvertOptions {
  /** The schemas that become `$defs`, by their names there. Every alternative of a `lazy` schema must be one of them. */
  readonly definitions: Readonly<Record<string, GenericSchema>>
  /**
   * The keywords that say what a schema or an action checks with code. A check without an entry is an error, so that
   * none is forgotten. An entry without keywords is a check that JSON Schema cannot express.
   */
  readonly keywords: ReadonlyMap<unknown, JsonSchema>
}

/** An address with a scheme. Not the format `uri`, which refuses Cyrillic domains. */
const absoluteUrl = '^[A-Za-z][A-Za-z\\d+.-]*:.'

/** Inputs by whose types the `lazy` schemas choose an alternative. */
const sampleInputs = [undefined, '', 0, [], {}] as const

/** Converts what a schema accepts to JSON Schema 2020-12. */
export function convertSchema(schema: GenericSchema, { definitions, keywords }: ConvertOptions): JsonSchema {
  const config: ConversionConfig = {
    target: 'draft-2020-12',
    typeMode: 'input',
    errorMode: 'throw',
    definitions,
    overrideAction({ valibotAction, jsonSchema: { format, ...jsonSchema } }) {
      const added = keywords.get(valibotAction)
      if (added) return addKeywords(jsonSchema, added)
      return format === 'uri' ? { ...jsonSchema, pattern: absoluteUrl } : undefined
    },
    overrideSchema({ valibotSchema, jsonSchema }) {
      const added = keywords.get(valibotSchema)
      if (added) return addKeywords(jsonSchema, added)
      return valibotSchema.type === 'lazy' ? convertAlternatives(valibotSchema, definitions) : undefined
    },
  }
  return toJsonSchema(schema, config)
}

/** Adds keywords to a schema. The conditions of `allOf` add up. */
export function addKeywords(schema: JsonSchema, added: JsonSchema): JsonSchema {
  const allOf = [...(schema.allOf ?? []), ...(added.allOf ?? [])]
  return { ...schema, ...added, ...(allOf.length > 0 ? { allOf } : {}) }
}

/** What a schema requires if a condition holds. */
export function conditional(condition: JsonSchema, consequence: JsonSchema): JsonSchema {
  // oxlint-disable-next-line unicorn/no-thenable -- A keyword of JSON Schema.
  return { if: condition, then: consequence }
}

/** A reference to one of `$defs`. */
export function reference(name: string): JsonSchema {
  return { $ref: `#/$defs/${name}` }
}

/** The properties of an object's schema. Throws if it has none. */
export function propertiesOf({ properties }: JsonSchema): Readonly<Record<string, JsonSchema>> {
  if (!properties) throw new Error('expected the schema of an object')
  return Object.fromEntries(
    Object.entries(properties).map(([name, property]) => [
      name,
      typeof property === 'object' ? property : {},
    ]),
  )
}

/** One of the `$defs` of a schema. Throws if there is no such definition. */
export function definitionOf({ $defs }: JsonSchema, name: string): JsonSchema {
  const definition = $defs?.[name]
  if (typeof definition !== 'object') throw new Error(`there is no definition "${name}"`)
  return definition
}

/**
 * Adds descriptions, in Markdown, to the properties of an object's schema. Throws if a property has no description, or
 * a description no property.
 */
export function describeProperties(
  schema: JsonSchema,
  descriptions: Readonly<Record<string, string>>,
): JsonSchema {
  const properties = propertiesOf(schema)
  const unknown = Object.keys(descriptions).filter((name) => !Object.hasOwn(properties, name))
  if (unknown.length > 0) throw new Error(`no schema has the described key ${unknown.join(', ')}`)
  return {
    ...schema,
    properties: Object.fromEntries(
      Object.entries(properties).map(([name, property]) => {
        const description = descriptions[name]
        if (description === undefined) throw new Error(`describe the key "${name}"`)
        return [name, { description: toPlainText(description), ...property }]
      }),
    ),
  }
}

function toPlainText(markdown: string): string {
  return markdown.replaceAll('`', '').replaceAll(/\[([^\]]+)\]\([^)]+\)/g, '$1')
}

/** A schema that is chosen by the input's type accepts any of its alternatives. */
function convertAlternatives(
  lazySchema: object,
  definitions: ConvertOptions['definitions'],
): JsonSchema | undefined {
  const { getter }: { readonly getter: (input: unknown) => unknown } = Object(lazySchema)
  const alternatives = new Set(sampleInputs.map((input) => getter(input)))
  if (alternatives.size === 1) return undefined
  const names = Object.entries(definitions).flatMap(([name, schema]) =>
    alternatives.has(schema) ? [name] : [],
  )
  if (names.length < alternatives.size) throw new Error('name the alternatives of a lazy schema')
  return { anyOf: names.map(reference) }
}
