import { describe, expect, it } from 'vitest'
import { parseDefinition } from '../../../src/form/definition.ts'
import { phoneFirstPreset } from '../../../src/form/presets/phone-first.ts'
import { define } from '../define.ts'

const { operator, policyUrl, consents } = define([])
const person = { id: 'person', title: 'О вас', fields: ['phone'] }
const review = { id: 'review', title: 'Проверьте', kind: 'review' }

function problemsOf(change: object): readonly string[] {
  const result = parseDefinition({
    id: 'main',
    steps: [person, review],
    operator,
    policyUrl,
    consents,
    ...change,
  })
  return 'problems' in result ? result.problems : []
}

describe('a definition', () => {
  it('may have a review without fields, and consents on any step', () => {
    expect(problemsOf({})).toEqual([])
    expect(problemsOf({ consentsAt: 'person' })).toEqual([])
    expect(problemsOf({ steps: [person, { ...review, fields: [] }] })).toEqual([])
  })

  it.each([
    [{ consentsAt: 'persom' }, 'consentsAt: expected the id of a step; did you mean "person"?'],
    [{ consentsAt: 'elsewhere' }, 'consentsAt: expected the id of a step, one of person, review'],
    [{ steps: [person, { ...review, fields: ['email'] }] }, 'steps.1.fields: expected none on a review'],
    [{ steps: [review, person] }, 'steps.0.kind: expected a step before the review'],
    [{ steps: [{ id: 'a', title: 'A' }] }, 'steps.0.fields: expected a list of fields'],
    [{ partial: true }, 'partial'],
  ])('%j is refused: %s', (change, problem) => {
    expect(problemsOf(change).join('\n')).toContain(problem)
  })
})

it('the preset phone-first has the phone on the step of the consents, before all else', () => {
  const [first] = phoneFirstPreset.steps
  expect(first?.id).toBe(phoneFirstPreset.consentsAt)
  expect(first?.fields.map(({ name }) => name)).toEqual(['phone'])
})
