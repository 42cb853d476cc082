import { describe, expect, it } from 'vitest'
import { parseDefinition } from '../../src/form/definition.ts'
import { presets } from '../../src/form/presets/presets.ts'
import { processing } from './define.ts'

/** The contract's example, without the step about work, whose fields do not exist yet. */
const example = {
  id: 'main',
  title: 'Заявка на заём',
  steps: [
    { id: 'loan', title: 'Сумма и срок', fields: ['amount', 'termDays'] },
    {
      id: 'person',
      title: 'О вас',
      fields: [
        'lastName',
        'firstName',
        'middleName',
        'birthDate',
        'phone',
        { name: 'email', required: false },
      ],
    },
    {
      id: 'passport',
      title: 'Паспорт',
      when: { field: 'amount', atLeast: 15_000 },
      fields: ['passport', 'passportIssuedDate', 'passportIssuedCode', 'passportIssuedBy', 'issuePlace'],
    },
  ],
  operator: { name: 'ООО Пример', address: 'Тюмень', withdrawalContact: 'consent@example.ru' },
  policyUrl: 'https://example.ru/policy',
  consents: [{ ...processing, text: 'Согласен' }],
}

/** The example with one step that asks for one thing. */
const asking = (field: unknown) => ({ ...example, steps: [{ id: 'only', title: 'Шаг', fields: [field] }] })
const when = (condition: unknown) => asking({ name: 'email', when: condition })

describe('a definition', () => {
  it('is read from the shape of the contract', () => {
    const result = parseDefinition(JSON.parse(JSON.stringify(example)))
    expect(result).toMatchObject({ definition: { id: 'main', consents: example.consents } })
    expect(result).toHaveProperty('definition.steps.0.fields', [{ name: 'amount' }, { name: 'termDays' }])
    expect(result).toHaveProperty('definition.steps.1.fields.5', { name: 'email', required: false })
    expect(result).toHaveProperty('definition.steps.2.when', { field: 'amount', atLeast: 15_000 })
  })

  it.each(Object.entries(presets))('is what the preset %s becomes with documents', (_, preset) => {
    const { operator, policyUrl, consents } = example
    expect(parseDefinition({ ...preset, operator, policyUrl, consents })).toHaveProperty('definition')
  })

  it.each([
    { field: 'amount', equals: 1 },
    { field: 'amount', oneOf: [1, 'два', true] },
    { field: 'amount', atMost: 1 },
    { field: 'passport', filled: true },
    { field: 'cityKladr', equals: '7700000000000' },
    { field: 'amount', filled: false },
    { all: [{ any: [{ not: { field: 'phone', filled: true } }] }] },
  ])('takes the condition %o', (condition) => {
    expect(parseDefinition(when(condition))).toHaveProperty('definition.steps.0.fields.0.when', condition)
  })

  it('takes every override of a field', () => {
    const field = {
      name: 'amount',
      label: 'Л',
      hint: 'Х',
      placeholder: 'П',
      required: true,
      minimum: 1,
      maximum: 2,
    }
    expect(parseDefinition(asking(field))).toHaveProperty('definition.steps.0.fields.0', field)
  })
})

describe('a mistake is named by its path and what was expected', () => {
  const condition = /a condition: \{ field, equals/
  it.each<[unknown, string, RegExp]>([
    [undefined, '(root)', /Object/],
    ['{}', '(root)', /Object/],
    [{ ...example, id: '' }, 'id', /not empty/],
    [{ ...example, id: 5 }, 'id', /string/],
    [{ ...example, steps: [] }, 'steps', /at least one step/],
    [{ ...example, steps: undefined }, 'steps', /Array|steps/],
    [{ ...example, steps: [{ id: 'x', fields: [] }] }, 'steps.0.title', /title/],
    [{ ...example, steps: [{ id: 'x', title: 'X', fields: [], wen: {} }] }, 'steps.0.wen', /wen/],
    [asking('phon'), 'steps.0.fields.0', /one of amount, .*; got "phon"/],
    [asking({ name: 'phon' }), 'steps.0.fields.0.name', /one of amount, .*; got "phon"/],
    [asking({ name: 'phone', requried: true }), 'steps.0.fields.0.requried', /requried/],
    [asking({ name: 'amount', minimum: '1' }), 'steps.0.fields.0.minimum', /number/],
    [asking({ label: 'X' }), 'steps.0.fields.0.name', /name/],
    [asking(5), 'steps.0.fields.0', /Object/],
    [asking(null), 'steps.0.fields.0', /Object/],
    [when({ field: 'amount' }), 'steps.0.fields.0.when', condition],
    [when({ field: 'amount', atLeast: 1, atMost: 2 }), 'steps.0.fields.0.when', condition],
    [when({ field: 'amount', atLeast: '1' }), 'steps.0.fields.0.when', condition],
    [when({ not: { field: 'amount', equal: 1 } }), 'steps.0.fields.0.when', condition],
    [when({ field: 'amuont', filled: true }), 'steps.0.fields.0.when.field', /got "amuont"/],
    [when('amount > 1'), 'steps.0.fields.0.when', condition],
    [{ ...example, operator: undefined }, 'operator', /operator|Object/],
    [{ ...example, operator: {} }, 'operator.name', /name/],
    [{ ...example, policyUrl: '/policy' }, 'policyUrl', /an absolute address/],
    [{ ...example, policyUrl: 'javascript:alert(1)' }, 'policyUrl', /an absolute address/],
    [{ ...example, consents: [] }, 'consents', /at least the consent "processing"/],
    [{ ...example, consents: [{ ...processing, required: 'yes' }] }, 'consents.0.required', /boolean/],
    [{ ...example, consents: [{ ...processing, version: '' }] }, 'consents.0.version', /not empty/],
    [
      { ...example, consents: [{ ...processing, documentUrl: 'x' }] },
      'consents.0.documentUrl',
      /an absolute address/,
    ],
    [{ ...example, consents: [{ ...processing, checked: true }] }, 'consents.0.checked', /checked/],
    [{ ...example, minimumAge: '18' }, 'minimumAge', /number/],
    [{ ...example, minimumAge: 18.5 }, 'minimumAge', /whole years/],
    [{ ...example, maximumAge: 10_000 }, 'maximumAge', /whole years/],
    [{ ...example, passportExpiry: 'block' }, 'passportExpiry', /"warn" \| "error"/],
  ])('%o: %s', (candidate, path, expectation) => {
    const result = parseDefinition(candidate)
    const problems = 'problems' in result ? result.problems : []
    expect(problems).toHaveLength(1)
    expect(problems[0]?.split(': ')[0]).toBe(path)
    expect(problems[0]?.slice(path.length)).toMatch(expectation)
  })

  it('is reported with the others', () => {
    const result = parseDefinition({ ...example, id: '', policyUrl: 'x', consents: [] })
    expect(result).toHaveProperty('problems.length', 3)
  })
})
