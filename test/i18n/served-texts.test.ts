import { expect, it } from 'vitest'
import { ru } from '../../src/i18n/ru/ru.ts'
import { createServedDefinition } from '../../src/relay/http/form-routes.ts'
import { defineSteps } from '../form/define.ts'

const fields = [{ name: 'amount' }, { name: 'termDays' }] as const

it('a relay serves the sentences of the law with a calculator that a form begins with, and with no other', () => {
  const first = { id: 'loan', title: 'Сумма и срок', fields }
  const calculator = { ...first, kind: 'calculator' } as const
  const person = { id: 'person', title: 'О вас', fields: [{ name: 'phone' }] } as const
  expect(
    createServedDefinition(defineSteps([calculator, person]), { hasStatistics: false }).texts,
  ).toMatchObject({
    loanRisks: ru.loanRisks,
    loanConditions: ru.loanConditions,
  })
  expect(ru.loanRisks).toContain('Оценивайте свои финансовые возможности и риски')
  for (const steps of [
    [first, person],
    [person, calculator],
  ])
    expect(createServedDefinition(defineSteps(steps), { hasStatistics: false }).texts).not.toHaveProperty(
      'loanRisks',
    )
})
