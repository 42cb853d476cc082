import { describe, expect, it } from 'vitest'
import { parseDefinition } from '../../../src/form/definition.ts'
import { presets } from '../../../src/form/presets/presets.ts'
import { definitionOf, propertiesOf } from '../../../scripts/schemas/convert-schema.ts'
import { createDefinitionSchema } from '../../../scripts/schemas/definition-schema.ts'
import { define, defineSteps } from '../../form/define.ts'
import { findSnippets, loadDocsPages } from '../../project/docs-pages.ts'
import { compileSchema } from './compile-schema.ts'

const schema = createDefinitionSchema()
const validate = compileSchema(schema)
const sample = define([{ name: 'amount' }], [])
const asking = (...fields: readonly unknown[]) => ({ ...sample, steps: [{ id: 'a', title: 'a', fields }] })
const when = (condition: unknown) => asking({ name: 'amount', when: condition })

/** Completes the parts of a definition that documentation shows. */
const complete: Readonly<Record<string, (json: unknown) => unknown>> = {
  definition: (json) => json,
  author: (json) => json,
  preset: (json) => json,
  step: (json) => ({ ...sample, steps: [json] }),
  fields: (json) => asking(...(Array.isArray(json) ? json : [])),
  field: (json) => asking(json),
  condition: when,
}

const snippets = (await loadDocsPages())
  .flatMap(findSnippets)
  .filter(({ kind }) => Object.hasOwn(complete, kind))

describe('the JSON Schema of a definition', () => {
  it('reads the examples of the documentation', () => {
    expect(new Set(snippets.map(({ kind }) => kind))).toEqual(new Set(Object.keys(complete)))
  })

  it.each(snippets)('accepts $at', ({ kind, code }) => {
    expect(validate(complete[kind]?.(JSON.parse(code)))).toEqual([])
  })

  it.each(Object.entries(presets))('accepts the preset %s', (_, preset) => {
    expect(validate(preset)).toEqual([])
  })

  it.each(Object.keys(propertiesOf(definitionOf(schema, 'fieldSettings'))))(
    'names %s of a field, which the parser of definitions knows, too',
    (property) => {
      const problems = problemsOf(asking({ name: 'amount', [property]: [] }))
      expect(problems.join()).not.toContain('no such option')
    },
  )

  it('accepts the same names of fields as the parser of definitions', () => {
    const [{ enum: names = [] } = {}] = Object(definitionOf(schema, 'fieldName').anyOf)
    expect(names.length).toBeGreaterThan(40)
    const refused = problemsOf(asking(...names.map((name: unknown) => ({ name }))))
    expect(refused.filter((problem) => problem.includes('name'))).toEqual([])
    expect(names).not.toContain('cityKladr')
  })

  it('accepts the same names in conditions as the parser of definitions', () => {
    const [{ enum: names = [] } = {}] = Object(definitionOf(schema, 'conditionField').anyOf)
    expect(names).toContain('cityKladr')
    expect(names).toContain('passportSeries')
    const fields = names.map((field: unknown) => ({ field, filled: true }))
    expect(problemsOf(when({ all: fields }))).toEqual([])
  })

  it.each(Object.keys(propertiesOf(definitionOf(schema, 'definition'))))(
    'names %s of a definition',
    (property) => {
      expect(problemsOf({ ...sample, [property]: { wrong: true } }).join()).toContain(property)
    },
  )

  it.each([
    asking('custom.f_7'),
    when({
      not: {
        any: [
          { field: 'custom.f_7', equals: 1 },
          { field: 'phone', filled: false },
        ],
      },
    }),
    { ...sample, $schema: './definition.schema.json' },
    { ...sample, policyUrl: 'http://xn--e1afmkfd.xn--p1ai:8080/policy?a@b' },
    { ...sample, policyUrl: 'https://пример.рф' },
  ])('accepts what the parser accepts: %#', (definition) => {
    expect(problemsOf(definition)).toEqual([])
    expect(validate(definition)).toEqual([])
  })

  it.each<[what: string, definition: unknown]>([
    ['no object', 'microloan'],
    ['an empty id', { ...sample, id: '' }],
    ['a title that is no text', { ...sample, title: 1 }],
    ['no steps', { ...sample, steps: [] }],
    ['missing steps', { id: 'a' }],
    ['a step without a title', defineLoosely({ id: 'a', fields: [] })],
    ['an unknown key of a step', defineLoosely({ id: 'a', title: 'a', fields: [], wen: {} })],
    ['an unknown field', asking('phon')],
    ['a part of a composite place', asking('cityKladr')],
    ['a wrong name of a custom field', asking('custom.f-7')],
    ['an unknown key of a field', asking({ name: 'amount', lable: 'a' })],
    ['a field without a name', asking({ label: 'a' })],
    ['an option without a label', asking({ name: 'amount', options: [{ value: 1 }] })],
    ['a condition on an unknown field', when({ field: 'amout', filled: true })],
    ['a condition with two tests', when({ field: 'amount', atLeast: 1, atMost: 2 })],
    ['a wrong condition inside of another', when({ all: [{ not: { field: 'amount', atLeast: '1' } }] })],
    ['an operator without a name', { ...sample, operator: { address: 'a' } }],
    ['a relative address', { ...sample, policyUrl: '/policy' }],
    ['an address with a password', { ...sample, policyUrl: 'https://a:b@example.ru/policy' }],
    ['no consent to processing', { ...sample, consents: [] }],
    [
      'an optional consent to processing',
      { ...sample, consents: sample.consents.map((consent) => ({ ...consent, required: false })) },
    ],
    ['an unknown key of a consent', { ...sample, consents: [{ ...sample.consents[0], checked: true }] }],
    ['an age that is not whole', { ...sample, minimumAge: 18.5 }],
    ['an age past 150', { ...sample, maximumAge: 151 }],
    ['an unknown rule', { ...sample, passportExpiry: 'ignore' }],
  ])('refuses %s, as the parser does', (_, definition) => {
    expect(problemsOf(definition)).not.toEqual([])
    expect(validate(definition)).not.toEqual([])
  })
})

function defineLoosely(step: object): object {
  return { ...defineSteps([]), steps: [step] }
}

function problemsOf(candidate: unknown): readonly string[] {
  const result = parseDefinition(candidate)
  return 'problems' in result ? result.problems : []
}
