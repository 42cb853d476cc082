import { describe, expect, it } from 'vitest'
import type { FieldDefinition, FormDefinition } from '../../src/form/definition.ts'
import { resolveFlow } from '../../src/form/flow.ts'
import { expandDefinition } from '../../src/form/expand-definition.ts'
import type { LeadValues } from '../../src/lead/values.ts'
import { day } from '../lead/day.ts'
import { define, defineSteps } from './define.ts'

/** The names of the visible fields, steps separated by `/`, and the names of the values that count. */
function visibleNames(definition: FormDefinition, values: LeadValues): readonly [string, string] {
  const flow = resolveFlow(expandDefinition(definition), values)
  const steps = flow.steps.map((step) => step.fields.map((field) => field.name).join(' '))
  return [steps.join(' / '), Object.keys(flow.values).join(' ')]
}

describe('a hidden field', () => {
  const definition = defineSteps([
    { id: 'loan', title: 'Заём', fields: [{ name: 'amount' }] },
    {
      id: 'passport',
      title: 'Паспорт',
      when: { field: 'amount', atLeast: 15_000 },
      fields: [{ name: 'passport' }],
    },
    {
      id: 'more',
      title: 'Ещё',
      fields: [
        { name: 'passportIssuedCode', when: { field: 'passport', filled: true } },
        { name: 'passportIssuedBy', when: { field: 'passportIssuedCode', filled: true } },
        { name: 'email', when: { field: 'passportIssuedBy', filled: false } },
      ],
    },
  ])
  const entered = {
    passportSeries: '4510',
    passportNumber: '000050',
    passportIssuedCode: '720-001',
    passportIssuedBy: 'ОВД',
    email: 'user@example.com',
  }

  it.each<[LeadValues, string, string]>([
    [
      { ...entered, amount: 15_000 },
      'amount / passport / passportIssuedCode passportIssuedBy',
      'amount passportSeries passportNumber passportIssuedCode passportIssuedBy',
    ],
    [{ ...entered, amount: 14_999 }, 'amount / email', 'amount email'],
    [entered, 'amount / email', 'email'],
    [{}, 'amount / email', ''],
  ])('has no value, neither for itself nor in conditions: %o', (values, fields, counting) => {
    expect(visibleNames(definition, values)).toEqual([fields, counting])
  })

  it('is resolved through a chain of any length', () => {
    const chain = ['phone', 'email', 'lastName', 'firstName', 'birthDate', 'passport', 'issuePlace'] as const
    const tail = [
      'passportIssuedDate',
      'passportIssuedCode',
      'passportIssuedBy',
      'termDays',
      'noMiddleName',
    ] as const
    const names = [...chain, ...tail]
    const fields = names.map((name, index): FieldDefinition => {
      const before = names[index - 1]
      return { name, when: before ? { field: before, filled: true } : { field: 'amount', filled: true } }
    })
    const values = {
      phone: '+79000000001',
      email: 'user@example.com',
      lastName: 'Ю',
      firstName: 'Ю',
      birthDate: day('05.09.1990'),
      passportIssuedDate: day('06.09.2015'),
      passportSeries: '4510',
      city: 'Тюмень',
      passportIssuedCode: '720-001',
      passportIssuedBy: 'ОВД',
      termDays: 30,
      noMiddleName: true,
    }
    // Reversed, so that each pass hides one field.
    expect(visibleNames(define([{ name: 'amount' }, ...fields.toReversed()]), values)).toEqual(['amount', ''])
  })
})

describe('circular conditions', () => {
  it.each<[string, FormDefinition]>([
    ['of one field', define([{ name: 'email', when: { field: 'email', filled: false } }])],
    [
      'of two fields',
      define([
        { name: 'email', when: { field: 'phone', filled: false } },
        { name: 'phone', when: { field: 'email', filled: true } },
      ]),
    ],
  ])('%s end, with the values of visible fields only', (_, definition) => {
    const [fields, counting] = visibleNames(definition, { email: 'user@example.com', phone: '+79000000001' })
    for (const name of counting.split(' ').filter(Boolean)) expect(fields).toContain(name)
  })
})

describe('a patronymic', () => {
  const values = { middleName: 'Ёлкович', noMiddleName: true }

  it.each<[string, readonly FieldDefinition[], LeadValues, string]>([
    ['brings the box "no patronymic"', [{ name: 'middleName' }], {}, 'middleName noMiddleName'],
    ['is hidden by the box', [{ name: 'middleName' }], values, 'noMiddleName'],
    [
      'is not hidden by a box that was unticked',
      [{ name: 'middleName' }],
      { noMiddleName: false },
      'middleName noMiddleName',
    ],
    ['needs no box when it is optional', [{ name: 'middleName', required: false }], values, 'middleName'],
    [
      'takes the box that the definition asks for',
      [{ name: 'noMiddleName' }, { name: 'middleName' }],
      {},
      'noMiddleName middleName',
    ],
    [
      'is hidden by the box that the definition asks for',
      [{ name: 'noMiddleName' }, { name: 'middleName', required: false }],
      values,
      'noMiddleName',
    ],
    [
      'is hidden together with its box',
      [{ name: 'middleName', when: { field: 'amount', filled: true } }],
      values,
      '',
    ],
  ])('%s', (_, fields, entered, expected) => {
    expect(visibleNames(define(fields), entered)[0]).toBe(expected)
  })
})
