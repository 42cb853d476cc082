import { expect, it } from 'vitest'
import { translateDefinition } from '../../src/form/translate-definition.ts'
import { define } from './define.ts'

const words = {
  'Сумма и срок': 'Amount and term',
  Стаж: 'Experience',
  'В месяцах': 'In months',
  Мало: 'Little',
  'Я согласен': 'I agree',
}

it('the texts of a definition are translated where there is a translation', () => {
  const definition = {
    ...define([]),
    steps: [
      {
        id: 'loan',
        title: 'Сумма и срок',
        fields: [
          { name: 'jobExperienceMonths' as const, label: 'Стаж', hint: 'В месяцах', placeholder: 'toString' },
          {
            name: 'creditHistory' as const,
            options: [
              { value: 1, label: 'Мало' },
              { value: 2, label: 'Много' },
            ],
          },
        ],
      },
      { id: 'own', title: 'Своё', fields: [] },
    ],
  }
  const { steps } = translateDefinition(definition, words)
  expect(steps[0]).toMatchObject({
    title: 'Amount and term',
    fields: [
      { name: 'jobExperienceMonths', label: 'Experience', hint: 'In months', placeholder: 'toString' },
      {
        options: [
          { value: 1, label: 'Little' },
          { value: 2, label: 'Много' },
        ],
      },
    ],
  })
  expect(steps[1]?.title).toBe('Своё')
})

it('the text of a consent stays as the author wrote it', () => {
  const consent = {
    id: 'own',
    required: true,
    documentUrl: 'https://example.ru/1',
    version: '1',
    text: 'Я согласен',
  }
  const definition = { ...define([]), consents: [consent] }
  expect(translateDefinition(definition, words).consents).toEqual([consent])
})
