import { describe, expect, it } from 'vitest'
import { validateValues } from '../../src/form/validate.ts'
import { requestedNames } from '../../src/form/cross-checks.ts'
import { type FieldDefinition, parseDefinition } from '../../src/form/definition.ts'
import { defineForm } from '../../src/form/define-form.ts'
import { sampleValues } from '../../src/form/sample-values.ts'
import { ru } from '../../src/i18n/ru/ru.ts'
import { fieldText } from '../../src/i18n/find-text.ts'
import { parseCalendarDate } from '../../src/lead/calendar-date.ts'
import type { LeadValues } from '../../src/lead/values.ts'
import { assignIssuesToFields } from '../../src/state/field-messages.ts'
import { expandDefinition } from '../../src/form/expand-definition.ts'
import { define } from './define.ts'

const cards: FieldDefinition = {
  name: 'custom.card',
  options: [
    { value: 1, label: 'Обычная' },
    { value: 'gold', label: 'Золотая' },
  ],
}

function check(values: LeadValues, ...fields: readonly FieldDefinition[]) {
  const today = parseCalendarDate('2026-11-22')
  if (!today) throw new TypeError('expected a day')
  return validateValues(define(fields), values, today)
}

function problemsOf(...fields: readonly unknown[]): readonly string[] {
  const result = parseDefinition({ ...define([]), steps: [{ id: 'only', title: 'Шаг', fields }] })
  return 'problems' in result ? result.problems : []
}

describe('a custom field', () => {
  it('is a line of text that is sent as typed', () => {
    expect(check({ 'custom.f_7': 'после шести' }, { name: 'custom.f_7' })).toEqual({
      values: { 'custom.f_7': 'после шести' },
      issues: [],
    })
  })

  it.each<[string | number | undefined, string]>([
    [undefined, 'required'],
    ['', 'required'],
    ['я'.repeat(256), 'text-length'],
    [5, 'required'],
  ])('with %o has the issue %s', (value, code) => {
    // Values from outside may have any type.
    const values: LeadValues = Object.fromEntries([['custom.f_7', value]])
    expect(check(values, { name: 'custom.f_7' }).issues).toEqual([{ field: 'custom.f_7', code }])
  })

  it('may be empty if the form makes it optional', () => {
    expect(check({}, { name: 'custom.f_7', required: false })).toEqual({ values: {}, issues: [] })
  })

  it('is dropped if the form does not have it', () => {
    expect(check({ 'custom.f_8': 'x', 'custom.f_7': 'y' }, { name: 'custom.f_8' }).values).toEqual({
      'custom.f_8': 'x',
    })
  })

  it("with options is a choice with the option's value", () => {
    expect(check({ 'custom.card': 1 }, cards)).toEqual({ values: { 'custom.card': 1 }, issues: [] })
    expect(check({ 'custom.card': 'gold' }, cards).issues).toEqual([])
    expect(check({ 'custom.card': 'platinum' }, cards).issues).toEqual([
      { field: 'custom.card', code: 'choice-unknown' },
    ])
    expect(check({}, cards).issues).toEqual([{ field: 'custom.card', code: 'required-choice' }])
  })

  it('works in conditions and with conditions', () => {
    const when = { field: 'custom.card', equals: 'gold' } as const
    const fields = [cards, { name: 'custom.limit', when }] as const
    expect(check({ 'custom.card': 'gold', 'custom.limit': '5' }, ...fields).values).toHaveProperty([
      'custom.limit',
    ])
    expect(check({ 'custom.card': 1, 'custom.limit': '5' }, ...fields).values).toEqual({ 'custom.card': 1 })
  })

  it('may appear only once in a definition', () => {
    expect(requestedNames(define([{ name: 'custom.f_7' }]))).toEqual(new Set(['custom.f_7']))
    expect(problemsOf('custom.f_7', 'custom.f_7')).toEqual([
      expect.stringMatching(/^steps\.0\.fields\.1: expected each field once/),
    ])
  })

  it("has the definition's label, or the last part of its name", () => {
    expect(fieldText('custom.f_7', ru)).toEqual({ label: 'f_7' })
    // Not the label of an address.
    expect(fieldText('custom.city', ru)).toEqual({ label: 'city' })
  })

  it('is filled in test mode', () => {
    expect(sampleValues(define([cards, { name: 'custom.f_7' }]))).toEqual({
      'custom.card': 1,
      'custom.f_7': 'Пример',
    })
  })

  it.each(['custom.f_7', 'custom.clientId', 'custom.Kladr'] as const)(
    "takes a provider's issue for %s",
    (name) => {
      const { steps } = expandDefinition(define([{ name }]))
      expect(assignIssuesToFields([{ field: name, message: 'Не подошло' }], steps)).toEqual({
        assigned: [{ name, step: 0, message: { message: 'Не подошло' } }],
        unassigned: [],
      })
    },
  )
})

describe('a definition', () => {
  it('has custom fields by name, or with texts and options', () => {
    const field = { ...cards, label: 'Карта', hint: 'Какая вам нужна', required: false }
    expect(problemsOf('custom.f_7', field)).toEqual([])
    expect(problemsOf({ name: 'email', when: { field: 'custom.f_7', filled: true } })).toEqual([])
  })

  it('has types for custom names', () => {
    const steps = [{ id: 'only', title: 'Шаг', fields: ['phone', 'custom.f_7', cards] }] as const
    expect(defineForm({ id: 'main', steps }).steps).toBe(steps)
  })

  it.each(['custom', 'custom.', 'custom.f-7', 'custom.f 7', 'custom.цель', 'custom.a.b', 'Custom.f_7'])(
    'explains how custom names are spelled, for %o',
    (name) => {
      const spelled =
        'expected the name of a custom field: "custom." and then Latin letters, digits and underscores, as in "custom.f_7"'
      expect(problemsOf(name)).toEqual([`steps.0.fields.0: ${spelled}`])
      expect(problemsOf({ name })).toEqual([`steps.0.fields.0.name: ${spelled}`])
    },
  )

  it.each<FieldDefinition>([
    { name: 'amount', options: [{ value: 5000, label: '5 000 ₽' }] },
    { name: 'employment', options: [{ value: 6, label: 'Без работы' }] },
    { name: 'productType', options: [{ value: '7', label: 'Золотая карта' }] },
  ])('may turn a text field into a choice: $name', (field) => {
    expect(problemsOf(field)).toEqual([])
    const value = field.options?.[0]?.value
    const values: LeadValues = Object.fromEntries([[field.name, value]])
    expect(check(values, field)).toEqual({ values, issues: [] })
    expect(check({ amount: 7000, employment: 1, productType: '3' }, field).issues).toEqual([
      { field: field.name, code: 'choice-unknown' },
    ])
  })

  it.each([
    ['amount', 'много'],
    ['employment', 10],
    ['phone', 'любой'],
    ['productType', 7],
  ])('may not have options for %s that the field refuses', (name, value) => {
    expect(problemsOf({ name, options: [{ value, label: 'Х' }] })).toEqual([
      `steps.0.fields.0: expected options with values that the field "${name}" accepts`,
    ])
  })
})
