import { definitionSchemas } from '../../form/definition-schema.ts'
import { presets } from '../../form/presets/presets.ts'
import { urlOption, integerOption, booleanOption, type OptionType, textOption } from './option-type.ts'
import { optionDescriptions } from './descriptions.ts'
import { type OptionName, optionNames, optionSpec } from './options-table.ts'

/** JSON Schema (2020-12) of a form's options, and under `$defs` of its definition, for editors and generators. */
export function createJsonSchema(): object {
  // JSON has no functions.
  const names = optionNames.filter((name) => optionSpec(name).attribute !== false)
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Options of an Anketa form',
    type: 'object',
    properties: Object.fromEntries(
      names.map((name) => [
        name,
        { description: optionDescriptions[name].replaceAll('`', ''), ...optionSchema(name) },
      ]),
    ),
    additionalProperties: false,
    anyOf: [
      { required: ['relay'] },
      { required: ['provider', 'form'] },
      { required: ['test', 'form'], properties: { test: { const: true } } },
    ],
    $defs: definitionSchemas,
  }
}

/** Schemas of options whose type does not check their content. */
const nestedSchemas: Partial<Record<OptionName, object>> = {
  form: {
    anyOf: [
      { $ref: '#/$defs/definition' },
      { enum: Object.keys(presets) },
      { type: 'string', format: 'uri-reference' },
    ],
  },
  operator: { $ref: '#/$defs/operator' },
  consents: { type: 'array', items: { $ref: '#/$defs/consent' } },
  provider: { type: 'string' },
  providerOptions: { type: 'object' },
  values: { type: 'object' },
}

function optionSchema(name: OptionName): object {
  return nestedSchemas[name] ?? typeSchema(optionSpec(name).type)
}

const typeSchemas: ReadonlyMap<OptionType<unknown>, object> = new Map<OptionType<unknown>, object>([
  [textOption, { type: 'string', minLength: 1 }],
  [urlOption, { type: 'string', format: 'uri-reference' }],
  [booleanOption, { type: 'boolean' }],
  [integerOption, { type: 'integer', minimum: 0 }],
])

function typeSchema(type: OptionType<unknown>): object {
  const { values, anyOf, item } = type
  if (values) return { enum: values }
  if (anyOf) return { anyOf: anyOf.map(typeSchema) }
  if (item) return { anyOf: [{ type: 'array', items: typeSchema(item) }, typeSchema(item)] }
  return typeSchemas.get(type) ?? { type: ['object', 'array'] }
}
