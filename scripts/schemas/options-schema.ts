import {
  array,
  boolean,
  type GenericSchema,
  integer,
  minValue,
  number,
  optional,
  picklist,
  pipe,
  record,
  regex,
  strictObject,
  string,
  union,
  unknown,
} from 'valibot'
import { optionDescriptions } from '../../src/embed/options/descriptions.ts'
import {
  booleanOption,
  integerOption,
  type OptionType,
  relayOption,
  textOption,
  urlOption,
} from '../../src/embed/options/option-type.ts'
import { type OptionName, optionNames, optionSpec } from '../../src/embed/options/options-table.ts'
import { definitionSchemas } from '../../src/form/definition.ts'
import { presets } from '../../src/form/presets/presets.ts'
import {
  conditional,
  convertSchema,
  describeProperties,
  type JsonSchema,
  reference,
} from './convert-schema.ts'
import { authorSchema, definitionOptions, describeDefinition } from './definition-schema.ts'
import { createPageOptionsSchema, providerNames, providerOptions } from './provider-schemas.ts'

const { definition, documentUrl, consent } = definitionSchemas

const text = pipe(string(), regex(/\S/))
const object = record(string(), unknown())

/** Absolute or relative. */
const url = pipe(string(), regex(/^(?:https?:|(?![A-Za-z][A-Za-z\d+.-]*:))\s*\S/))

/** Types of options as JSON has them: attributes and JavaScript may also hold them as texts. */
const typeSchemas: ReadonlyMap<OptionType<unknown>, GenericSchema> = new Map<
  OptionType<unknown>,
  GenericSchema
>([
  [textOption, text],
  [urlOption, url],
  [relayOption, url],
  [booleanOption, boolean()],
  [integerOption, pipe(number(), integer(), minValue(0))],
])

/** Schemas of options whose content is checked where it is used. */
const contentSchemas: Partial<Readonly<Record<OptionName, GenericSchema>>> = {
  // A URL has a slash or ends in .json. JSON may also be in a text.
  form: union([authorSchema, picklist(Object.keys(presets)), pipe(string(), regex(/\/|\.json$|^\s*\{/))]),
  provider: picklist(providerNames),
  values: record(string(), union([string(), number(), boolean()])),
  places: union([array(unknown()), object]),
  operator: definition.entries.operator,
  policyUrl: documentUrl,
  consents: union([definition.entries.consents, consent]),
  consentUrl: documentUrl,
  fields: definitionSchemas.fieldChanges,
  minimumAge: definition.entries.minimumAge,
  maximumAge: definition.entries.maximumAge,
}

/** JSON has no functions. */
const names = optionNames.filter((name) => optionSpec(name).attribute !== false)

const optionsSchema = strictObject({
  $schema: optional(string()),
  ...Object.fromEntries(
    names.map((name) => [name, optional(contentSchemas[name] ?? schemaOf(optionSpec(name).type))]),
  ),
})

function schemaOf(type: OptionType<unknown>): GenericSchema {
  const { values, anyOf, item } = type
  if (values) return picklist(values)
  if (anyOf) return union(anyOf.map(schemaOf))
  if (item) return union([array(schemaOf(item)), schemaOf(item)])
  return typeSchemas.get(type) ?? object
}

/** JSON Schema of a form's options. Its `$defs` hold the form's definition and its parts. */
export function createOptionsSchema(): JsonSchema {
  const definitions = { ...definitionOptions.definitions, ...providerOptions.definitions }
  const keywords = new Map([
    ...definitionOptions.keywords,
    ...providerOptions.keywords,
    [optionsSchema, sources],
  ])
  const { $schema, ...schema } = convertSchema(optionsSchema, { definitions, keywords })
  const described = describeProperties(schema, {
    $schema: 'The address of this schema, for editors. The form ignores it.',
    ...Object.fromEntries(names.map((name) => [name, optionDescriptions[name]])),
  })
  const ofProviders = providerNames.map((name) => [name, createPageOptionsSchema(schema, name)] as const)
  return {
    $schema,
    title: 'Options of an Anketa form',
    ...described,
    $defs: { ...describeDefinition(schema), ...Object.fromEntries(ofProviders) },
  }
}

/** A form has one source. The options of a provider are its own. */
const sources: JsonSchema = {
  anyOf: [
    { required: ['relay'] },
    { required: ['provider', 'form'] },
    { required: ['test', 'form'], properties: { test: { const: true } } },
  ],
  allOf: providerNames.map((name) =>
    conditional(
      { properties: { provider: { const: name } }, required: ['provider'] },
      { properties: { providerOptions: reference(name) } },
    ),
  ),
}
