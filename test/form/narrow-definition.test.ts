import { describe, expect, it } from 'vitest'
import type { FieldChanges, FormDefinition } from '../../src/form/definition.ts'
import { narrowDefinition, narrowFields } from '../../src/form/narrow-definition.ts'
import { processing } from './define.ts'

const operator = { name: 'ООО Пример', address: 'Тюмень', withdrawalContact: 'consent@example.ru' }
const advertising = { ...processing, id: 'advertising', required: false }
const own: FormDefinition = {
  id: 'main',
  steps: [
    {
      id: 'loan',
      title: 'Заём',
      fields: [
        { name: 'amount', minimum: 1000, maximum: 50_000 },
        { name: 'termDays', maximum: 30 },
      ],
    },
    {
      id: 'person',
      title: 'О вас',
      when: { field: 'amount', atLeast: 5000 },
      fields: [
        { name: 'phone' },
        { name: 'email', required: false },
        {
          name: 'employment',
          options: [
            { value: 1, label: 'Работаю' },
            { value: 3, label: 'Служу' },
          ],
        },
        { name: 'creditHistory' },
      ],
    },
  ],
  operator,
  policyUrl: 'https://example.ru/policy',
  consents: [processing, advertising],
  minimumAge: 21,
  maximumAge: 70,
  passportExpiry: 'error',
}
const [loan, person] = own.steps

/** The page's own definition with another first step. */
const withLoan = (changes: object): Partial<FormDefinition> => ({
  steps: own.steps.map((step) => (step === loan ? { ...step, ...changes } : step)),
})

describe('beside a relay a page', () => {
  it.each<[string, Partial<FormDefinition>, object]>([
    ['says nothing', {}, {}],
    ['says the same', own, {}],
    ['repeats a part of the operator', { operator: { name: operator.name } }, {}],
    ['repeats the consents in another order', { consents: [advertising, processing] }, {}],
    ['has another id and title', { id: 'page', title: 'Деньги' }, { title: 'Деньги' }],
    [
      'names some of its fields',
      withLoan({ fields: [{ name: 'termDays' }] }),
      withLoan({ fields: loan?.fields.toReversed() }),
    ],
    ['names some of its steps', { steps: own.steps.slice(1) }, {}],
    ['asks for a higher age', { minimumAge: 25, maximumAge: 60 }, { minimumAge: 25, maximumAge: 60 }],
    [
      'names its fields alone',
      {
        steps: own.steps.map(({ id, title, fields }) => ({
          id,
          title,
          fields: fields.map(({ name }) => ({ name })),
        })),
      },
      {},
    ],
    [
      'has another order in a step',
      withLoan({ fields: [{ name: 'termDays' }, { name: 'amount' }] }),
      { steps: [{ ...loan, fields: [loan?.fields[1], loan?.fields[0]] }, person] },
    ],
    [
      'has other texts and closer limits',
      withLoan({
        title: 'Деньги',
        fields: [
          { name: 'amount', label: 'Сколько', maximum: 30_000 },
          { name: 'termDays', minimum: 5 },
        ],
      }),
      {
        steps: [
          {
            id: 'loan',
            title: 'Деньги',
            fields: [
              { name: 'amount', label: 'Сколько', minimum: 1000, maximum: 30_000 },
              { name: 'termDays', minimum: 5, maximum: 30 },
            ],
          },
          person,
        ],
      },
    ],
  ])('%s', (_, page, expected) => {
    expect(narrowDefinition(own, page)).toEqual({ definition: { ...own, ...expected } })
  })

  it.each<[string, Partial<FormDefinition>, RegExp]>([
    [
      'another operator',
      { operator: { ...operator, name: 'ООО Страница' } },
      /^operator: expected that of the relay/,
    ],
    ['more of an operator', { operator: { ...operator, address: 'Омск' } }, /^operator: /],
    [
      'another policy',
      { policyUrl: 'https://example.ru/policy/2' },
      /^policyUrl: expected that of the relay/,
    ],
    [
      'another version of a consent',
      { consents: [{ ...processing, version: '2' }, advertising] },
      /^consents: /,
    ],
    [
      'another sentence of a consent',
      { consents: [{ ...processing, text: 'Да' }, advertising] },
      /^consents: /,
    ],
    ['fewer consents', { consents: [processing] }, /^consents: /],
    [
      'more consents',
      { consents: [processing, advertising, { ...advertising, id: 'transfer' }] },
      /^consents: /,
    ],
    ['a lower age', { minimumAge: 18 }, /^minimumAge: expected at least 21/],
    ['a higher age', { maximumAge: 80 }, /^maximumAge: expected at most 70/],
    ['a milder check', { passportExpiry: 'warn' }, /^passportExpiry: /],
    [
      'other steps',
      { steps: [{ id: 'only', title: 'a', fields: [{ name: 'phone' }] }] },
      /^steps: expected .*loan \(amount, termDays\)/,
    ],
    ['another order of steps', { steps: own.steps.toReversed() }, /^steps: /],
    ['more fields', withLoan({ fields: [...(loan?.fields ?? []), { name: 'snils' }] }), /^steps: /],
    ['a field of another step', withLoan({ fields: [{ name: 'amount' }, { name: 'phone' }] }), /^steps: /],
    [
      'a condition of a step',
      withLoan({ when: { field: 'phone', filled: true } }),
      /^steps\.0: expected the conditions/,
    ],
    [
      'a condition of a field',
      withLoan({ fields: [{ name: 'amount' }, { name: 'termDays', when: { field: 'amount', atMost: 1 } }] }),
      /^steps\.0\.termDays\.when: /,
    ],
    [
      'an optional field',
      withLoan({ fields: [{ name: 'amount', required: false }, { name: 'termDays' }] }),
      /^steps\.0\.amount\.required: /,
    ],
    [
      'a wider limit',
      withLoan({ fields: [{ name: 'amount', maximum: 60_000 }, { name: 'termDays' }] }),
      /^steps\.0\.amount\.maximum: expected at most 50000/,
    ],
  ])('may not have %s', (_, page, problem) => {
    expect(narrowDefinition(own, page)).toEqual({ problems: [expect.stringMatching(problem)] })
  })

  it('keeps what only a newer relay says', () => {
    const newer = { ...own, after: { accepted: { title: 'Готово' } } }
    expect(narrowDefinition(newer, { title: 'Деньги' })).toEqual({
      definition: { ...newer, title: 'Деньги' },
    })
  })
})

describe('changes of fields', () => {
  const employment = (...values: readonly number[]) => ({
    employment: { options: values.map((value) => ({ value, label: `${value}` })) },
  })

  it('replace texts, limits and options', () => {
    const changes = { amount: { label: 'Сколько', minimum: 5000 }, ...employment(3) }
    expect(narrowFields(own, changes)).toMatchObject({
      definition: {
        steps: [
          {
            fields: [
              { name: 'amount', label: 'Сколько', minimum: 5000, maximum: 50_000 },
              { name: 'termDays' },
            ],
          },
          { fields: [{}, {}, employment(3).employment, {}] },
        ],
      },
    })
  })

  it.each<[Readonly<Record<string, FieldChanges>>, RegExp]>([
    [{ amuont: {} }, /^fields\.amuont: the form has no such field; did you mean "amount"\?/],
    [{ snils: { label: 'a' } }, /^fields\.snils: the form has no such field, it has amount, /],
    [{ amount: { minimum: 999 } }, /^fields\.amount\.minimum: expected at least 1000/],
    [{ amount: { maximum: 50_001 } }, /^fields\.amount\.maximum: expected at most 50000/],
    [{ amount: { minimum: 50_001 } }, /^fields\.amount\.minimum: expected at most 50000/],
    [{ amount: { maximum: 10 } }, /^fields\.amount\.maximum: expected at least 1000/],
    [
      { termDays: { minimum: 20, maximum: 10 } },
      /^fields\.termDays\.minimum: expected at most 10, which is the maximum/,
    ],
    [employment(1, 2), /^fields\.employment\.options: expected some of the form's options: 1, 3$/],
    [employment(), /^fields\.employment\.options: /],
    [
      { creditHistory: { options: [{ value: 9, label: 'a' }] } },
      /^fields\.creditHistory\.options: .*: 1, 2, 3, 4, 5$/,
    ],
  ])('%j are refused with a sentence', (changes, problem) => {
    expect(narrowFields(own, changes)).toEqual({ problems: [expect.stringMatching(problem)] })
  })
})
