import { describe, expect, it } from 'vitest'
import { parseDefinition } from '../../../src/form/definition.ts'
import { defineSteps } from '../define.ts'

const amount = { name: 'amount', minimum: 1000, maximum: 30_000, control: 'slider', presets: [5000, 15_000] }
const term = { name: 'termDays', minimum: 5, maximum: 30, control: 'slider' }
const loan = { ratePerDay: 0.8, fullCost: { min: 0, max: 292 }, freeDays: 7 }

function problemsOf(changes: object, fields: readonly object[] = [amount, term]): readonly string[] {
  const step = { id: 'loan', title: 'Сумма и срок', kind: 'calculator', fields }
  const result = parseDefinition({ ...defineSteps([]), steps: [step], loan, ...changes })
  return 'problems' in result ? result.problems : []
}

describe('the definition of a calculator', () => {
  it.each([
    {},
    { loan: undefined },
    { loan: { ...loan, freeDays: 0, conditionsUrl: 'https://example.ru/' } },
  ])('may say %j', (changes) => {
    expect(problemsOf(changes)).toEqual([])
  })

  it.each<[object, string]>([
    [
      { loan: { ratePerDay: 0.8 } },
      'loan: expected the key "fullCost": { "min", "max" } beside "ratePerDay": by law the full cost of the loan stands before its rate',
    ],
    [{ loan: { ...loan, ratePerDay: 0.00001 } }, 'loan.ratePerDay: expected per cent a day'],
    [{ loan: { ...loan, ratePerDay: -1 } }, 'loan.ratePerDay: expected per cent a day'],
    [{ loan: { ...loan, ratePerDay: Infinity } }, 'loan.ratePerDay: expected per cent a day'],
    [{ loan: { ...loan, fullCost: { min: 292, max: 0 } } }, 'loan.fullCost: expected "min" up to "max"'],
    [{ loan: { ...loan, freeDays: 1.5 } }, 'loan.freeDays: expected whole days'],
    [{ loan: { ...loan, fullcost: {} } }, 'loan.fullcost: there is no such option; did you mean "fullCost"?'],
    [{ title: 'Заём под 0 %' }, 'title: expected a text without a rate'],
    [{ steps: [{ id: 'a', title: '0,8 % в день', fields: [] }] }, 'steps.0.title: expected a text without'],
    [{ steps: [{ id: 'a', title: 'A', kind: 'calc', fields: [] }] }, 'steps.0.kind: expected'],
  ])('may not say %j', (changes, problem) => {
    expect(problemsOf(changes).join('\n')).toContain(problem)
  })

  it.each<[readonly object[], string]>([
    [[amount], 'steps.0.fields: expected "termDays" on a calculator'],
    [[], 'steps.0.fields: expected "amount" and "termDays" on a calculator'],
    [
      [{ ...amount, hint: 'Первый заём под 0 %' }, term],
      'steps.0.fields.0.hint: expected a text without a rate',
    ],
    [
      [{ ...amount, control: undefined }, term],
      'steps.0.fields.0: expected the key "control": "slider" beside',
    ],
    [[{ ...amount, control: 'range' }, term], 'steps.0.fields.0.control: expected'],
    [[{ ...amount, maximum: undefined }, term], 'expected a slider with "minimum" and "maximum"'],
    [[{ ...amount, maximum: 1000 }, term], 'expected a slider with "minimum" and "maximum"'],
    [[{ ...amount, presets: [500] }, term], 'steps.0.fields.0: expected presets from 1000 to 30000'],
    [[{ ...amount, presets: [] }, term], 'steps.0.fields.0.presets: expected 1 to 6 values'],
    [[{ ...amount, presets: [1500.5] }, term], 'steps.0.fields.0.presets.0: expected a whole number'],
    [[amount, term, { ...term, name: 'phone' }], 'expected "control": "slider" only for money or a term'],
  ])('is refused with the fields %j', (fields, problem) => {
    expect(problemsOf({}, fields).join('\n')).toContain(problem)
  })
})
