import { expect, it } from 'vitest'
import { fieldOf, fields, isFieldName } from '../../src/fields/fields.ts'
import { validateValues } from '../../src/form/validate.ts'
import { presets } from '../../src/form/presets/presets.ts'
import { sampleValues } from '../../src/form/sample-values.ts'
import { day } from '../lead/day.ts'
import { define } from './define.ts'

const today = day('22.11.2026')

it.each(Object.entries(presets))('the preset %s gets valid values', (_, preset) => {
  const definition = { ...define([]), ...preset }
  expect(validateValues(definition, sampleValues(definition), today).issues).toEqual([])
})

it('every field gets a value, and every phone is invented', () => {
  const typed = Object.keys(fields)
    .filter(isFieldName)
    .filter((name) => fieldOf(name).kind.control !== 'hidden' && name !== 'noMiddleName')
  const definition = define(typed.map((name) => ({ name })))
  const values = sampleValues(definition)
  expect(validateValues(definition, values, today).issues).toEqual([])
  const phones = Object.entries(values).filter(([name]) => /phone$/i.test(name))
  for (const [, phone] of phones) expect(phone).toMatch(/^\+790000000\d\d$/)
})

it('the values are within the limits and options of a form', () => {
  const definition = define([
    { name: 'amount', maximum: 5000 },
    { name: 'termDays', minimum: 60 },
    { name: 'creditHistory', options: [{ value: 4, label: 'Есть просрочки' }] },
  ])
  expect(sampleValues(definition)).toEqual({ amount: 5000, termDays: 60, creditHistory: 4 })
})
