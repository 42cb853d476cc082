import { expect, it } from 'vitest'
import { createConfigReport } from '../../../src/relay/config/report/config-report.ts'
import { parseConfig } from '../../../src/relay/config/config.ts'
import { describeCondition } from '../../../src/relay/config/report/describe-rules.ts'
import { env, formEntry } from '../support/invented.ts'

const devtek = { provider: 'devtek', idWebmaster: 123, token: { env: 'DEVTEK_TOKEN' } }

async function parse(form: object) {
  const candidate = { forms: { main: { ...formEntry(), ...form } } }
  return parseConfig(candidate, { env, readText: () => Promise.reject(new Error('none')) })
}

async function problemsOf(form: object): Promise<readonly string[]> {
  const found = (await parse(form)).forms.get('main')
  return found && 'problems' in found ? found.problems : []
}

const reportOf = async (form: object) => createConfigReport(await parse(form)).lines.slice(1)

it.each([
  [{ hours: '9-21' }, /^destinations\.0\.hours: expected hours of a day in Moscow, "09:00-21:00"/],
  [{ hours: '09:00-09:00' }, /^destinations\.0\.hours: expected hours/],
  [{ hours: 9 }, /^destinations\.0\.hours: expected hours/],
  [{ share: 101 }, /^destinations\.0\.share: expected a percentage, 0 to 100/],
  [{ share: '30' }, /^destinations\.0\.share: expected a percentage, 0 to 100/],
  [
    { capPerDay: 0 },
    /^destinations\.0\.capPerDay: expected a whole number of deliveries a day, 1 to 1000000/,
  ],
  [{ capPerDay: 1.5 }, /^destinations\.0\.capPerDay: expected a whole number/],
  [{ when: { field: 'amuont', atLeast: 1 } }, /^destinations\.0\.when.*"amount"/],
  [{ when: { field: 'amount' } }, /^destinations\.0\.when: expected a condition/],
  [
    { when: { field: 'employment', equals: 1 } },
    /^destinations\.0\.when: expected fields that the form asks for, and it does not ask for employment$/,
  ],
  [{ id: 'a', name: 'b' }, /^destinations\.0\.name: expected either an id or a name/],
])('refuses %o', async (rules, problem) => {
  const problems = await problemsOf({ destinations: [{ ...devtek, ...rules }] })
  expect(problems).toEqual([expect.stringMatching(problem)])
})

it.each([
  [{ duplicateDays: 0 }, /^duplicateDays: expected a whole number of days/],
  [{ duplicateAnswer: 'declined' }, /^duplicateAnswer: expected/],
])('refuses %o of a form', async (form, problem) => {
  expect(await problemsOf(form)).toEqual([expect.stringMatching(problem)])
})

it('a name is the key of a destination, like an id', async () => {
  expect(await reportOf({ destinations: [{ ...devtek, name: 'first' }] })).toEqual([
    '  destinations.0: devtek, first',
  ])
  const crm = { provider: 'fivecrm', publicToken: { env: 'DEVTEK_TOKEN' }, funnelId: 1, name: 'Заявка' }
  expect(await reportOf({ destinations: [{ ...crm, id: 'crm' }] })).toEqual([
    '  destinations.0: fivecrm, crm',
  ])
})

it('says in words which leads a destination takes', async () => {
  const rules = {
    when: { all: [{ field: 'amount', atLeast: 5000 }, { not: { field: 'email', filled: true } }] },
    share: 30,
    hours: '21:00-06:00',
    capPerDay: 50,
  }
  const destinations = [
    { ...devtek, id: 'first', ...rules },
    { ...devtek, id: 'second' },
  ]
  expect(await reportOf({ destinations, duplicateDays: 30 })).toEqual([
    '  destinations.0: devtek, first; takes 30 % of the leads, by their id; leads where amount is at least 5000 and not (email is filled); 21:00-06:00 in Moscow; at most 50 a day',
    '  destinations.1: devtek, second',
    '  a phone that was accepted within 30 days: stored, goes to no destination, answered "duplicate"',
  ])
})

it.each([
  [
    [{ share: 30 }, { share: 70 }],
    /^ {2}about 21 % of the leads are stored and go to no destination \(each share/,
  ],
  [[{ share: 30 }], /^ {2}about 70 % of the leads are stored and go to no destination: add/],
  [[{ when: { field: 'amount', atLeast: 5000 } }], /^ {2}leads that meet no condition are stored/],
  [
    [{ when: { field: 'amount', atLeast: 5000 } }, { share: 50 }],
    /^ {2}about 50 % of the leads that meet no condition are stored/,
  ],
  [
    [{ when: { field: 'amount', atLeast: 5000 }, share: 50 }],
    /^ {2}leads that meet no condition, or are outside of the share behind it, are stored/,
  ],
])('warns of leads that go nowhere: %j', async (rules, line) => {
  const destinations = rules.map((rule, index) => ({ ...devtek, id: `d${index}`, ...rule }))
  expect((await reportOf({ destinations })).at(-1)).toMatch(line)
})

it('warns of nothing where hours and caps only let leads wait', async () => {
  const destinations = [{ ...devtek, id: 'first', hours: '09:00-21:00', capPerDay: 5, share: 100 }]
  expect(await reportOf({ destinations })).toHaveLength(1)
})

it.each([
  [{ field: 'employment', oneOf: [1, 2] }, 'employment is one of 1, 2'],
  [{ field: 'email', filled: false }, 'email is not filled'],
  [{ field: 'amount', atMost: 5 }, 'amount is at most 5'],
  [
    { any: [{ field: 'amount', equals: 5 }, { all: [{ field: 'amount', atLeast: 7 }] }] },
    'amount is 5 or (amount is at least 7)',
  ],
])('describes %j', (condition, text) => {
  expect(describeCondition(condition)).toBe(text)
})
