import { describe, expect, it } from 'vitest'
import { parseDefinition } from '../../../src/form/definition.ts'
import { narrowFields } from '../../../src/form/narrow-definition.ts'
import { sampleValues } from '../../../src/form/sample-values.ts'
import { findIgnoredNames, validateValues } from '../../../src/form/validate.ts'
import { requestedNames } from '../../../src/form/cross-checks.ts'
import { parseCalendarDate } from '../../../src/lead/calendar-date.ts'
import { addQuestions } from '../../../src/form/add-questions.ts'
import type { LeadValues } from '../../../src/lead/values.ts'
import { define } from '../define.ts'

const definition = define([{ name: 'fullName' }, { name: 'phone' }])
const named = { lastName: 'Нгуен', firstName: 'Ван', phone: '+79000000001' }

const check = (values: LeadValues, form = definition) =>
  validateValues(form, values, parseCalendarDate('2026-11-22') ?? expect.fail('no date'))

describe('a whole name in one field', () => {
  it.each<readonly [LeadValues, readonly string[]]>([
    [{ ...named, middleName: 'Тхань' }, []],
    [{ ...named, noMiddleName: true }, []],
    [{ ...named, middleName: 'Тхань', gender: 'male' }, []],
    [named, ['middleName required']],
    [{ phone: named.phone, noMiddleName: true }, ['lastName required', 'firstName required']],
    [{ ...named, middleName: 'нет' }, ['middleName name-none']],
    [{ ...named, lastName: 'Nguen', noMiddleName: true }, ['lastName name-cyrillic']],
  ])('is checked by its parts: %j', (values, issues) => {
    expect(check(values).issues.map(({ field, code }) => `${field} ${code}`)).toEqual(issues)
  })

  it('keeps every part, and the gender that was found', () => {
    const values = { ...named, middleName: 'Тхань', gender: 'male' } as const
    expect(check(values).values).toEqual(values)
    expect(findIgnoredNames(definition, { ...values, snils: '900-000-058 99' })).toEqual(['snils'])
  })

  it('satisfies a destination that requires a name, but not one that requires a gender', () => {
    const asked = requestedNames(definition)
    expect(['lastName', 'firstName', 'middleName', 'gender'].map((name) => asked?.has(name))).toEqual([
      true,
      true,
      true,
      false,
    ])
    const { unsupported, definition: extended } = addQuestions(
      definition,
      [{ name: 'gender', alreadyAsked: false }],
      'Ещё',
    )
    expect(unsupported).toEqual([])
    expect(requestedNames(extended)?.has('gender')).toBe(true)
  })

  it('has sample values that it accepts', () => {
    const values = sampleValues(definition)
    expect(values).toMatchObject({ lastName: 'Примерова', middleName: 'Ивановна', gender: 'female' })
    // The sample person has a patronymic.
    expect(check(values).issues).toEqual([])
  })

  it('is no second question for a part', () => {
    const twice = define([{ name: 'fullName' }, { name: 'firstName' }])
    expect(parseDefinition(twice)).toEqual({
      problems: ['steps.0.fields.1: expected each field once, steps.0.fields.0 has this one already'],
    })
  })

  it('may have texts of the page', () => {
    const narrowed = narrowFields(definition, { fullName: { label: 'ФИО', hint: 'Полностью' } })
    expect(narrowed).toMatchObject({
      definition: { steps: [{ fields: [{ name: 'fullName', label: 'ФИО', hint: 'Полностью' }, {}] }] },
    })
  })
})
