import { expect, it } from 'vitest'
import { addQuestions, type Question } from '../../src/form/add-questions.ts'
import { type FormDefinition, parseDefinition } from '../../src/form/definition.ts'
import { processing } from './define.ts'

const title = 'Ещё'

function define(steps: readonly object[]): FormDefinition {
  const result = parseDefinition({
    id: 'main',
    steps,
    operator: { name: 'ООО Пример' },
    policyUrl: 'https://example.ru/policy',
    consents: [processing],
  })
  if ('problems' in result) throw new Error(result.problems.join())
  return result.definition
}

function stepsOf(steps: readonly object[], ...questions: readonly Question[]) {
  const { definition, unsupported } = addQuestions(define(steps), questions, title)
  return {
    steps: definition.steps.map(({ fields }) => fields.map(({ name }) => name)),
    unsupported,
    definition,
  }
}

const person = {
  id: 'person',
  title: 'О вас',
  fields: ['firstName', 'phone', { name: 'email', required: false }],
}
const loan = { id: 'loan', title: 'Заём', fields: ['amount'] }
const when = { field: 'amount', atLeast: 5000 }
const ask = (name: string): Question => ({ name, alreadyAsked: false })

it('adds a question to the step with related fields, otherwise to the last step', () => {
  expect(
    stepsOf([loan, person], ask('termDays'), ask('inn'), ask('jobPlace'), ask('jobPhone')).steps,
  ).toEqual([
    ['amount', 'termDays'],
    ['firstName', 'phone', 'email', 'inn', 'jobPlace', 'jobPhone'],
  ])
})

it('adds no question to a step with a condition', () => {
  const passport = { id: 'passport', title: 'Паспорт', when, fields: ['passport'] }
  expect(stepsOf([person, passport, loan], ask('birthPlace')).steps).toEqual([
    ['firstName', 'phone', 'email'],
    ['passport'],
    ['amount', 'birthPlace'],
  ])
  const { definition } = stepsOf([{ ...loan, when: { field: 'amount', filled: false } }], ask('inn'))
  expect(definition.steps.at(-1)).toMatchObject({ id: 'more', title, fields: [{ name: 'inn' }] })
})

it('makes an existing field required and keeps its texts', () => {
  const { definition } = stepsOf([person], { name: 'email', alreadyAsked: true, hint: 'campaign' })
  expect(definition.steps[0]?.fields[2]).toEqual({ name: 'email', required: true })
})

it('uses the texts and the options of the question', () => {
  const options = [{ value: '1', label: 'Наличные' }]
  const { definition } = stepsOf([person], {
    name: 'productType',
    alreadyAsked: false,
    hint: 'Продукт',
    options,
  })
  expect(definition.steps[0]?.fields[3]).toMatchObject({ name: 'productType', hint: 'Продукт', options })
})

it('adds a field once, and lists unsupported names', () => {
  const found = stepsOf([person], ask('inn'), ask('inn'), ask('nonsense'))
  expect(found.steps).toEqual([['firstName', 'phone', 'email', 'inn']])
  expect(found.unsupported).toEqual(['inn', 'nonsense'])
})
