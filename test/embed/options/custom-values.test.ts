import { expect, it } from 'vitest'
import { parseOptions } from '../../../src/embed/options/parse-options.ts'

it('an attribute sets the value of a custom field by its own name', () => {
  const attributes = [
    { name: 'data-value-custom.f_7', value: 'вечером' },
    { name: 'data-value-first-name', value: 'Иван' },
    { name: 'data-values', value: '{ "custom.loanReason": "ремонт" }' },
  ]
  expect(parseOptions({ values: { 'custom.f_8': 'x' } }, attributes)).toEqual({
    options: {
      values: {
        'custom.f_7': 'вечером',
        'custom.f_8': 'x',
        'custom.loanReason': 'ремонт',
        firstName: 'Иван',
      },
    },
    issues: [],
  })
})
