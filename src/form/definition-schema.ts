import { composites } from '../fields/composites.ts'
import { fieldOf, fields, isFieldName } from '../fields/fields.ts'

const text = { type: 'string', minLength: 1 } as const
const uri = { type: 'string', format: 'uri-reference' } as const
const age = { type: 'integer', minimum: 0, maximum: 150 } as const
const value = { type: ['string', 'number', 'boolean'] } as const

/** The names that a form can ask for: composites, and all fields that are not hidden. */
const names = Object.keys({ ...fields, ...composites }).filter(
  (name) => !isFieldName(name) || fieldOf(name).kind.control !== 'hidden',
)

/** One of them, or a custom field. */
const name = { anyOf: [{ enum: names }, { type: 'string', pattern: '^custom\\.\\w+$' }] } as const

/** JSON Schema (2020-12) of a form's definition, for editors. The parser checks more. */
export const definitionSchemas = {
  condition: {
    description: 'When a field or a step is shown.',
    oneOf: [
      conditionSchema({ equals: value }),
      conditionSchema({ oneOf: { type: 'array', items: value } }),
      conditionSchema({ atLeast: { type: 'number' } }),
      conditionSchema({ atMost: { type: 'number' } }),
      conditionSchema({ filled: { type: 'boolean' } }),
      strictObject({ all: { type: 'array', items: { $ref: '#/$defs/condition' } } }, ['all']),
      strictObject({ any: { type: 'array', items: { $ref: '#/$defs/condition' } } }, ['any']),
      strictObject({ not: { $ref: '#/$defs/condition' } }, ['not']),
    ],
  },
  field: {
    description: 'A field: its name, or an object with what this form changes about it.',
    anyOf: [
      name,
      strictObject(
        {
          name,
          label: { type: 'string' },
          hint: { type: 'string' },
          placeholder: { type: 'string' },
          required: { type: 'boolean', default: true },
          minimum: { type: 'number' },
          maximum: { type: 'number' },
          options: {
            type: 'array',
            items: strictObject({ value: { type: ['string', 'number'] }, label: { type: 'string' } }, [
              'value',
              'label',
            ]),
          },
          when: { $ref: '#/$defs/condition' },
        },
        ['name'],
      ),
    ],
  },
  step: strictObject(
    {
      id: text,
      title: text,
      fields: { type: 'array', items: { $ref: '#/$defs/field' } },
      when: { $ref: '#/$defs/condition' },
    },
    ['id', 'title', 'fields'],
  ),
  operator: {
    description: 'Who processes the data.',
    type: 'object',
    properties: { name: text, address: { type: 'string' }, withdrawalContact: { type: 'string' } },
    required: ['name'],
  },
  consent: {
    description: 'A consent with its own checkbox and its own immutable document.',
    ...strictObject({ id: text, required: { type: 'boolean' }, documentUrl: uri, version: text, text }, [
      'id',
      'required',
      'documentUrl',
      'version',
    ]),
  },
  definition: {
    description: 'What the form asks, in which order, and under which documents.',
    type: 'object',
    properties: {
      id: text,
      title: { type: 'string' },
      steps: { type: 'array', minItems: 1, items: { $ref: '#/$defs/step' } },
      operator: { $ref: '#/$defs/operator' },
      policyUrl: uri,
      consents: { type: 'array', items: { $ref: '#/$defs/consent' } },
      minimumAge: age,
      maximumAge: age,
      passportExpiry: { enum: ['warn', 'error'] },
    },
    required: ['steps'],
  },
} as const

function strictObject<const Properties extends object>(properties: Properties, required: readonly string[]) {
  return { type: 'object', properties, required, additionalProperties: false } as const
}

function conditionSchema<const Test extends object>(test: Test) {
  return strictObject({ field: { type: 'string' }, ...test }, ['field', ...Object.keys(test)])
}
