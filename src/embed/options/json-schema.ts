import { definitionSchemas } from '../../form/definition-schema.ts'
import { presets } from '../../form/presets/presets.ts'
import { address, count, flag, type OptionKind, text } from './option-kind.ts'
import { optionGuide } from './option-guide.ts'
import { isOptionName, type OptionName, optionsTable } from './options-table.ts'

/** JSON Schema (2020-12) of a form's options, and under `$defs` of a form's definition: for editors and generators. */
export function createJsonSchema(): object {
  const names = Object.keys(optionsTable)
    .filter(isOptionName)
    // Functions stand in no JSON.
    .filter((name) => !/^(on[A-Z]|before)/.test(name))
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Options of an Anketa form',
    type: 'object',
    properties: Object.fromEntries(
      names.map((name) => [name, { description: optionGuide[name].replaceAll('`', ''), ...schemaOf(name) }]),
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

/** What an option's kind leaves to the reader of what it holds. */
const inner: Partial<Record<OptionName, object>> = {
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

function schemaOf(name: OptionName): object {
  return inner[name] ?? schemaBy(optionsTable[name])
}

const simple: ReadonlyMap<OptionKind<unknown>, object> = new Map<OptionKind<unknown>, object>([
  [text, { type: 'string', minLength: 1 }],
  [address, { type: 'string', format: 'uri-reference' }],
  [flag, { type: 'boolean' }],
  [count, { type: 'integer', minimum: 0 }],
])

function schemaBy(kind: OptionKind<unknown>): object {
  const { words, kinds, item } = kind
  if (words) return { enum: words }
  if (kinds) return { anyOf: kinds.map(schemaBy) }
  if (item) return { anyOf: [{ type: 'array', items: schemaBy(item) }, schemaBy(item)] }
  return simple.get(kind) ?? { type: ['object', 'array'] }
}
