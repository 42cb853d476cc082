import { expect, it } from 'vitest'
import { type Condition, isConditionMet } from '../../src/form/condition.ts'

const values = {
  amount: 15_000,
  lastName: 'Ю',
  email: '',
  noMiddleName: false,
  passportSeries: '0310',
  passportNumber: '000050',
  registrationCityKladr: '7200000100000',
  residenceCity: '',
}
const yes: Condition = { all: [] }
const no: Condition = { any: [] }

it.each<[Condition, boolean]>([
  [{ field: 'amount', equals: 15_000 }, true],
  [{ field: 'amount', equals: '15000' }, false],
  [{ field: 'lastName', equals: 'Ю' }, true],
  [{ field: 'noMiddleName', equals: false }, true],
  [{ field: 'phone', equals: '' }, false],
  [{ field: 'phone', equals: false }, false],
  [{ field: 'amount', oneOf: [1, 15_000] }, true],
  [{ field: 'amount', oneOf: [1, '15000'] }, false],
  [{ field: 'amount', oneOf: [] }, false],
  [{ field: 'amount', atLeast: 15_000 }, true],
  [{ field: 'amount', atLeast: 15_001 }, false],
  [{ field: 'amount', atMost: 15_000 }, true],
  [{ field: 'amount', atMost: 14_999 }, false],
  [{ field: 'termDays', atLeast: 0 }, false],
  [{ field: 'termDays', atMost: 0 }, false],
  [{ field: 'passportSeries', atLeast: 1 }, false],
  [{ field: 'amount', filled: true }, true],
  [{ field: 'amount', filled: false }, false],
  [{ field: 'noMiddleName', filled: true }, true],
  [{ field: 'email', filled: true }, false],
  [{ field: 'phone', filled: true }, false],
  [{ field: 'phone', filled: false }, true],
  [{ field: 'toString', filled: true }, false],
  // A composite is filled if any of its parts is.
  [{ field: 'passport', filled: true }, true],
  [{ field: 'issuePlace', filled: true }, false],
  [{ field: 'passport', equals: '0310' }, false],
  [{ field: 'registration', filled: true }, true],
  [{ field: 'residence', filled: true }, false],
  [{ field: 'jobLocation', filled: false }, true],
  [{ all: [yes, yes] }, true],
  [{ all: [yes, no] }, false],
  [{ all: [] }, true],
  [{ any: [no, yes] }, true],
  [{ any: [no, no] }, false],
  [{ any: [] }, false],
  [{ not: no }, true],
  [{ not: { field: 'phone', equals: 'x' } }, true],
  [{ not: { any: [no, { all: [yes, { not: { field: 'amount', atLeast: 20_000 } }] }] } }, false],
])('%o holds: %s', (condition, expected) => {
  expect(isConditionMet(condition, values)).toBe(expected)
})
