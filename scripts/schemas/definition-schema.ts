import { partial } from 'valibot'
import { composites } from '../../src/fields/composites.ts'
import { fieldOf, fields, isFieldName } from '../../src/fields/fields.ts'
import { definitionSchemas } from '../../src/form/definition.ts'
import {
  afterDescriptions,
  consentDescriptions,
  definitionDescriptions,
  endingDescriptions,
  fieldDescriptions,
  loanDescriptions,
  offerDescriptions,
  operatorDescriptions,
  stepDescriptions,
} from '../docs/definition-reference.ts'
import {
  type ConvertOptions,
  conditional,
  convertSchema,
  definitionOf,
  describeProperties,
  type JsonSchema,
} from './convert-schema.ts'

/** A definition as an author writes it: the relay's configuration or the page's options may add the documents. */
export const authorSchema = partial(definitionSchemas.definition, ['id', 'operator', 'policyUrl', 'consents'])

const { documentUrl, conditionField, fieldName, fieldSettings } = definitionSchemas
const { afterOutcome, ending, offer, link, logo, fullCost, textWithoutRate, loan } = definitionSchemas
const { consents } = definitionSchemas.definition.entries

/** An http or https address without a user name or a password. */
export const httpUrlPattern = '^https?://[^/?#@\\s]+([/?#]|$)'

/** The names that a definition can ask for: composites, and all fields that are not hidden. */
const askableNames = Object.keys({ ...fields, ...composites }).filter(
  (name) => !isFieldName(name) || fieldOf(name).kind.control !== 'hidden',
)

/** The names that a condition can have: composites, fields, and the parts of both. */
const conditionNames = [
  ...Object.entries(fields).flatMap(([name, { parts }]) => [name, ...(parts ?? [])]),
  ...Object.keys(composites),
]

const customName = { pattern: '^custom\\.\\w+$' } as const

/** The parts of a definition, and their checks. */
export const definitionOptions: ConvertOptions = {
  definitions: {
    definition: authorSchema,
    step: definitionSchemas.step,
    field: definitionSchemas.field,
    fieldName,
    fieldNameOnly: definitionSchemas.fieldNameOnly,
    fieldSettings,
    condition: definitionSchemas.condition,
    conditionField,
    operator: definitionSchemas.operator,
    consents,
    consent: definitionSchemas.consent,
    loan,
    after: afterOutcome,
    ending,
    offer,
  },
  keywords: new Map<unknown, JsonSchema>([
    [documentUrl.pipe[1], { pattern: httpUrlPattern }],
    [conditionField.pipe[1], { anyOf: [{ enum: conditionNames }, customName] }],
    [fieldName.pipe[1], { anyOf: [{ enum: askableNames }, customName] }],
    [link.pipe[1], { pattern: '^https?://[^/?#@\\s{}\\\\]+([/?#]|$)' }],
    [logo.pipe[1], { pattern: '^(https?://|data:image/|(?!([A-Za-z][A-Za-z\\d+.-]*:|[/\\\\]{2})))' }],
    // That the minimum is not above the maximum.
    [fullCost.pipe[1], {}],
    [offer.pipe[1], { allOf: [conditional({ required: ['rate'] }, { required: ['fullCost'] })] }],
    // What a title says.
    [offer.pipe[2], {}],
    // What a text says.
    [textWithoutRate.pipe[1], {}],
    [loan.entries.ratePerDay.pipe[1], { minimum: 0, maximum: 100 }],
    [loan.pipe[1], { required: ['fullCost'] }],
    // Where a slider may be, and with which limits.
    [fieldSettings.pipe[2], {}],
    // Which values an option may have depends on the field.
    [fieldSettings.pipe[1], {}],
    // A form that does not require the consent to processing is refused.
    [
      consents,
      {
        contains: {
          type: 'object',
          properties: { id: { const: 'processing' }, required: { const: true } },
          required: ['id', 'required'],
        },
      },
    ],
  ]),
}

/** JSON Schema of a definition in a file of its own. */
export function createDefinitionSchema(): JsonSchema {
  const { $schema, ...schema } = convertSchema(authorSchema, definitionOptions)
  return { $schema, title: 'Definition of an Anketa form', ...schema, $defs: describeDefinition(schema) }
}

/** The `$defs` of a converted schema, with the descriptions of a definition's keys. */
export function describeDefinition(schema: JsonSchema): NonNullable<JsonSchema['$defs']> {
  const described = {
    definition: definitionDescriptions,
    step: stepDescriptions,
    fieldSettings: fieldDescriptions,
    operator: operatorDescriptions,
    consent: consentDescriptions,
    loan: loanDescriptions,
    after: afterDescriptions,
    ending: endingDescriptions,
    offer: offerDescriptions,
  }
  return {
    ...schema.$defs,
    ...Object.fromEntries(
      Object.entries(described).map(([name, descriptions]) => [
        name,
        describeProperties(definitionOf(schema, name), descriptions),
      ]),
    ),
  }
}
