import { parse } from 'valibot'
import { describe, expect, it } from 'vitest'
import { devtek } from '../../../src/providers/devtek/index.ts'
import { validateFieldRules } from '../../../src/providers/core/validate-field-rules.ts'
import type { FieldRules } from '../../../src/providers/core/field-rules.ts'
import type { LeadContext } from '../../../src/providers/core/context.ts'
import { requiredFormFields } from '../../../src/providers/core/parameters/source-fields.ts'
import { checkLengths, writeParameters } from '../../../src/providers/core/write-parameters.ts'
import { inventedLead } from '../../lead/invented-lead.ts'

const now = new Date('2026-11-22T09:00:05Z')
const context: LeadContext = {
  now,
  attempt: 1,
  mayHaveArrived: false,
  lead: {
    ...inventedLead,
    values: {
      ...inventedLead.values,
      lastName: 'Примеров',
      firstName: 'Иван',
      birthDate: undefined,
      amount: 30_000,
    },
    attribution: { utm_source: 'vk' },
    receivedAt: now,
  },
}
const configWith = (fields: FieldRules) => parse(devtek.config, { idWebmaster: 1, token: 't', fields })
const parametersOf = devtek.parameters(configWith({}))
const sent = (fields: FieldRules) =>
  Object.fromEntries(
    writeParameters(parametersOf, configWith(fields), context).map(({ path, value }) => [path, value]),
  )

describe('a rule of fields', () => {
  it('takes the value of another field, in the documented type', () => {
    expect(sent({ 'job.monthly_income': 'amount' })).toHaveProperty(['job.monthly_income'], 30_000)
    expect(sent({ 'job.position': 'amount' })).toHaveProperty(['job.position'], '30000')
    expect(sent({ 'main.amount': 'lastName' })).not.toHaveProperty(['main.amount'])
  })

  it('gives a constant, or a template with names of fields and attribution parameters', () => {
    expect(sent({ 'main.channel': { value: 'landing' } })).toHaveProperty(['main.channel'], 'landing')
    const template = '{lastName} {firstName}, {utm_source} {email2}'
    expect(sent({ 'job.place': { template } })).toHaveProperty(['job.place'], 'Примеров Иван, vk')
  })

  it('gives nothing for a template without any value, and the consents by the name consents', () => {
    expect(sent({ 'job.place': { template: 'Метка {utm_term} {email2}' } })).not.toHaveProperty(['job.place'])
    expect(sent({ 'job.place': { template: 'Просто так' } })).toHaveProperty(['job.place'], 'Просто так')
    expect(sent({ 'job.place': 'consents' })).toHaveProperty(
      ['job.place'],
      'СОПД v2026-09-01 22.11.2026 12:00 мск',
    )
  })

  it('formats the value of another field for the provider, but not a constant', () => {
    const sentByRule = (rule: FieldRules[string]) => sent({ 'job.phone': rule, 'main.last_name': rule })
    expect(sentByRule('phone')).toHaveProperty(['job.phone'], '+79000000042')
    expect(sentByRule('firstName')).not.toHaveProperty(['job.phone'])
    expect(sentByRule({ value: "Д'Артаньян" })).toMatchObject({
      'job.phone': "Д'Артаньян",
      'main.last_name': "Д'Артаньян",
    })
  })

  it('is refused if its parameter or a name in it does not exist', () => {
    const problems = validateFieldRules(
      {
        'main.fone': 'phone',
        'main.phone': 'fone',
        'main.email': 'custom.f_1',
        'job.place': { template: '{x}' },
      },
      parametersOf,
    )
    expect(problems).toEqual([
      'fields.main.fone: the document has no such parameter; did you mean "main.phone"?',
      'fields.main.phone: there is no field "fone"; did you mean "phone"?',
      'fields.job.place: there is no field "x"',
    ])
  })

  it('changes what a form must ask for', () => {
    const requiredNames = (fields: FieldRules) =>
      requiredFormFields(parametersOf, configWith(fields)).flatMap(({ names }) => names)
    expect(requiredNames({})).toContain('birthDate')
    expect(requiredNames({ 'main.birthday': { value: '01.01.1990' } })).not.toContain('birthDate')
    expect(requiredNames({ 'main.phone': 'homePhone' })).toContain('homePhone')
  })
})

it('a value that is longer than the documented limit is an issue of its field', () => {
  const lead = { ...context.lead, values: { ...context.lead.values, jobPlace: 'О'.repeat(256) } }
  const config = configWith({})
  expect(checkLengths(parametersOf, config, { ...context, lead })).toEqual([
    { field: 'jobPlace', code: 'text-length', limit: 255 },
  ])
  expect(checkLengths(parametersOf, config, context)).toEqual([])
})
