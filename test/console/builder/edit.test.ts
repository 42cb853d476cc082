import { expect, it } from 'vitest'
import { addConsent, updateEnding } from '../../../src/console/builder/model/edit-consents.ts'
import { createEmptyForm, type DraftForm, plainLooks } from '../../../src/console/builder/model/draft.ts'
import {
  addField,
  addStep,
  findField,
  moveField,
  moveStep,
  nextPlace,
  removeField,
  removeStep,
  updateField,
} from '../../../src/console/builder/model/edit-steps.ts'
import { createBuilderModel } from '../../../src/console/builder/model/builder-model.ts'
import { formatRate, parseRate } from '../../../src/console/builder/model/offer-rate.ts'
import { parseDraftForm, parseDraftLooks } from '../../../src/console/builder/model/parse-draft.ts'
import { parseDefinition } from '../../../src/form/definition.ts'
import { presets } from '../../../src/form/presets/presets.ts'

const form: DraftForm = {
  id: 'main',
  steps: [
    { id: 'a', title: 'А', fields: [{ name: 'amount' }, { name: 'termDays' }, { name: 'phone' }] },
    { id: 'b', title: 'Б', fields: [] },
    { id: 'c', title: 'В', fields: [{ name: 'email' }, { name: 'inn' }] },
  ],
  consents: [],
}

function outline({ steps }: DraftForm): string {
  return steps.map(({ id, fields }) => `${id}: ${fields.map(({ name }) => name).join(' ')}`).join('; ')
}

it.each([
  [{ step: 0, index: 0 }, { step: 0, index: 2 }, 'a: termDays phone amount; b: ; c: email inn'],
  [{ step: 0, index: 2 }, { step: 0, index: 0 }, 'a: phone amount termDays; b: ; c: email inn'],
  [{ step: 0, index: 1 }, { step: 1, index: 0 }, 'a: amount phone; b: termDays; c: email inn'],
  [{ step: 2, index: 1 }, { step: 0, index: 99 }, 'a: amount termDays phone inn; b: ; c: email'],
  [{ step: 0, index: 9 }, { step: 1, index: 0 }, outline(form)],
  [{ step: 0, index: 0 }, { step: 9, index: 0 }, outline(form)],
])('moves the field at %o to %o', (from, to, expected) => {
  expect(outline(moveField(form, from, to))).toBe(expected)
})

it('moves every field by single steps from one end of the form to the other, and loses none', () => {
  for (const { name } of form.steps.flatMap(({ fields }) => fields)) {
    let current = form
    for (const direction of ['down', 'up'] as const) {
      for (;;) {
        const place = findField(current, name)
        const next = place && nextPlace(current, place, direction)
        if (!place || !next) break
        current = moveField(current, place, next)
        const names = current.steps.flatMap(({ fields }) => fields.map((field) => field.name))
        expect(names.toSorted()).toEqual(['amount', 'email', 'inn', 'phone', 'termDays'])
      }
      const edge = direction === 'down' ? current.steps.at(-1)?.fields.at(-1) : current.steps[0]?.fields[0]
      expect(edge?.name).toBe(name)
    }
  }
})

it('asks each field once, keeps one step, and gives each step an id of its own', () => {
  expect(addField(form, 1, 'phone')).toBe(form)
  expect(outline(addField(form, 1, 'snils'))).toContain('b: snils')
  const one = createEmptyForm('new', 'Шаг')
  expect(removeStep(one, 0)).toBe(one)
  const many = addStep(addStep(removeStep(addStep(addStep(one, 'x'), 'x'), 1), 'x'), 'x')
  expect(new Set(many.steps.map(({ id }) => id)).size).toBe(many.steps.length)
  expect(outline(moveStep(form, 2, 0))).toMatch(/^c: email inn; a:/)
  expect(outline(removeField(form, { step: 2, index: 0 }))).toContain('c: inn')
})

it('leaves settings out that are taken back', () => {
  const place = { step: 0, index: 0 }
  const limited = updateField(form, place, { minimum: 1000, label: 'Сумма' })
  expect(limited.steps[0]?.fields[0]).toEqual({ name: 'amount', minimum: 1000, label: 'Сумма' })
  expect(updateField(limited, place, { minimum: undefined, label: undefined })).toEqual(form)
  const ended = updateEnding(form, 'declined', { title: 'Не вышло', again: true })
  expect(ended.after).toEqual({ declined: { title: 'Не вышло', again: true } })
  expect(updateEnding(ended, 'declined', { title: undefined, again: undefined })).toEqual(form)
  expect(addConsent(addConsent(form)).consents.map(({ id }) => id)).toEqual(['processing', 'transfer'])
})

it('undoes letters of one text together, and other changes one by one', () => {
  const model = createBuilderModel({ form, looks: plainLooks })
  for (const title of ['З', 'За', 'Зая']) model.change((now) => ({ ...now, title }), 'title')
  model.change((now) => addField(now, 1, 'snils'))
  model.changeLooks({ colors: { accent: '#123456' } }, 'accent')
  expect(model.isChanged.value).toBe(true)
  const latest = model.draft.value
  model.undo()
  model.undo()
  expect(model.form.value.title).toBe('Зая')
  model.undo()
  expect(model.draft.value).toEqual({ form, looks: plainLooks })
  expect([model.isChanged.value, model.canUndo.value, model.canRedo.value]).toEqual([false, false, true])
  for (let left = 3; left > 0; left--) model.redo()
  expect(model.draft.value).toEqual(latest)
  model.select({ part: 'field', step: 1, index: 0 })
  model.change((now) => removeField(now, { step: 1, index: 0 }))
  expect(model.selection.value).toEqual({ part: 'step', step: 1 })
  expect(model.canRedo.value).toBe(false)
})

it.each(Object.entries(presets))('opens the preset %s, and says the same as its definition', (_, preset) => {
  const documents = {
    operator: { name: 'ООО Пример' },
    policyUrl: 'https://example.ru/policy',
    consents: [{ id: 'processing', required: true, documentUrl: 'https://example.ru/1.html', version: '1' }],
  }
  const opened = parseDraftForm({ ...preset, ...documents })
  expect(parseDefinition(opened)).toEqual(parseDefinition({ ...preset, ...documents }))
})

it('opens what is incomplete or newer, and keeps what it does not know', () => {
  const odd = {
    id: 'x',
    loan: { ratePerDay: 0.8 },
    steps: [{ id: 'a', kind: 'calculator', fields: ['amount', { name: 'newField', control: 'slider' }] }],
  }
  expect(parseDraftForm(odd)).toEqual({
    ...odd,
    consents: [],
    steps: [
      {
        id: 'a',
        title: '',
        kind: 'calculator',
        fields: [{ name: 'amount' }, { name: 'newField', control: 'slider' }],
      },
    ],
  })
  for (const candidate of [null, 7, [], {}, { steps: 'x' }, { steps: [{ fields: [7] }] }])
    expect(parseDraftForm(candidate)).toBeUndefined()
  expect(parseDraftLooks({ theme: 'pink' })).toEqual(plainLooks)
})

it.each([
  ['0,8', 0.8],
  ['1', 1],
  ['0.25', 0.25],
  // While somebody types, and texts.
  ['0,', '0,'],
  ['0,0', '0,0'],
  ['0 % первые 7 дней', '0 % первые 7 дней'],
  [undefined, undefined],
])('the rate of an offer %j is %j', (entered, rate) => {
  expect(parseRate(entered)).toBe(rate)
  expect(parseRate(formatRate(rate))).toBe(rate)
})
