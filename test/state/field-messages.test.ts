import { expect, it } from 'vitest'
import { expandDefinition } from '../../src/form/expand-definition.ts'
import { assignIssuesToFields } from '../../src/state/field-messages.ts'
import { define } from '../form/define.ts'

const { steps } = expandDefinition(
  define([{ name: 'passport' }, { name: 'issuePlace' }], [{ name: 'registration' }]),
)
const message = 'Неверное значение'

it.each([
  ['passportNumber', 'passport', 0, { message }],
  ['city', 'city', 0, { message }],
  ['registrationStreet', 'registrationStreet', 1, { message }],
  // Codes are hidden: their issues are shown at the place that the person typed.
  ['cityKladr', 'city', 0, { code: 'kladr-format' }],
  ['cityId', 'city', 0, { code: 'kladr-format' }],
  ['regionId', 'region', 0, { code: 'kladr-format' }],
  ['registrationCityKladr', 'registrationCity', 1, { code: 'kladr-format' }],
  ['registrationStreetKladr', 'registrationStreet', 1, { code: 'kladr-format' }],
])('an issue of %s is shown at %s', (field, name, step, expected) => {
  expect(assignIssuesToFields([{ field, message }], steps)).toEqual({
    assigned: [{ name, step, message: expected }],
    unassigned: [],
  })
})

it.each(['residenceCityKladr', 'jobCity', 'no such field', ''])(
  'an issue of %s belongs to no field of the form',
  (field) => {
    expect(assignIssuesToFields([{ field, message }], steps)).toEqual({
      assigned: [],
      unassigned: [{ field, message }],
    })
  },
)
