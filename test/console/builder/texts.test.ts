import { expect, it } from 'vitest'
import { compareDrafts } from '../../../src/console/builder/model/compare-drafts.ts'
import { contrastRatio, formatContrast } from '../../../src/form/served/contrast.ts'
import { type DraftForm, plainLooks } from '../../../src/console/builder/model/draft.ts'
import { askableFields, describeField } from '../../../src/console/builder/model/field-catalog.ts'
import { printOptions, readOptions } from '../../../src/console/builder/model/field-options.ts'
import { moveField, updateField } from '../../../src/console/builder/model/edit-steps.ts'
import { printDefinition, printEntry, printSnippet } from '../../../src/console/builder/model/print-form.ts'
import { parseDefinition } from '../../../src/form/definition.ts'
import { parseFormConfig } from '../../../src/relay/config/form-config.ts'

const form: DraftForm = {
  id: 'main',
  title: 'Заявка',
  steps: [
    { id: 'a', title: 'А', fields: [{ name: 'amount', minimum: 1000 }, { name: 'phone' }] },
    { id: 'b', title: 'Б', fields: [{ name: 'email' }] },
  ],
  consents: [{ id: 'processing', required: true, documentUrl: 'https://example.ru/1.html', version: '1' }],
  operator: { name: 'ООО Пример' },
  policyUrl: 'https://example.ru/policy',
}

it.each([
  ['#000000', '#ffffff', 21],
  ['#ffffff', '#ffffff', 1],
  ['#767676', '#ffffff', 4.54],
  ['rgb(118, 118, 118)', 'rgba(255, 255, 255, 1)', 4.54],
  ['color(srgb 0 0 0)', 'color(xyz-d65 0.95 1 1.089)', 21],
])('the contrast of %s and %s', (one, other, ratio) => {
  expect(contrastRatio(one, other)).toBeCloseTo(ratio, 2)
  expect(contrastRatio(other, one)).toBeCloseTo(ratio, 2)
})

it('does not round a contrast up to what it does not reach, nor guess one', () => {
  expect(formatContrast(4.49)).toBe('4.4')
  expect(contrastRatio('oklch(0.5 0.2 30)', '#fff')).toBeUndefined()
})

it('reads options as they are written, with the values of the field', () => {
  const options = [
    { value: 1, label: 'Работаю' },
    { value: 5, label: 'Учусь' },
  ]
  expect(readOptions(printOptions(options), 'employment')).toEqual(options)
  expect(readOptions('vip\n\n a = b = c ', 'custom.f_1')).toEqual([
    { value: 'vip', label: 'vip' },
    { value: 'a', label: 'b = c' },
  ])
})

it('compares by names, so that a move is one difference', () => {
  const draft = { form, looks: plainLooks }
  expect(compareDrafts(draft, draft)).toEqual([])
  const moved = moveField(form, { step: 0, index: 1 }, { step: 0, index: 0 })
  const labelled = updateField(moved, { step: 0, index: 0 }, { label: 'Мобильный' })
  const changed = { form: labelled, looks: { ...plainLooks, colors: { accent: '#123456' } } }
  expect(compareDrafts(draft, changed)).toEqual([
    { path: 'steps.a.order', before: 'amount, phone', after: 'phone, amount' },
    { path: 'steps.a.phone.label', after: 'Мобильный' },
    { path: 'looks.colors.accent', after: '#123456' },
  ])
})

it('prints an entry that a relay takes, a definition, and the snippet of a page', async () => {
  const printed: Readonly<Record<string, unknown>> = JSON.parse(
    printEntry(form, {
      definition: 'callback',
      title: 'Прежний',
      origins: ['https://a.ru'],
      destinations: [],
    }),
  )
  const parsed = await parseFormConfig('main', printed['main'], {
    env: {},
    readText: () => Promise.reject(new Error('no file')),
  })
  expect(parsed).toMatchObject({ form: { definition: { title: 'Заявка', operator: form.operator } } })
  expect(
    parseDefinition({
      ...JSON.parse(printDefinition(form)),
      operator: form.operator,
      policyUrl: form.policyUrl,
    }),
  ).toHaveProperty('definition')
  expect(printDefinition(form)).toContain('"phone"\n')
  const looks = { theme: 'auto', look: 'soft', colors: { accent: '#123456' } } as const
  expect(printSnippet({ form, looks }, 'https://leads.example.ru/')).toBe(
    [
      '<style>',
      '[data-anketa] {',
      '  --anketa-accent: #123456;',
      '}',
      '</style>',
      '<div data-anketa data-theme="auto" data-look="soft"></div>',
      '<script type="module" async src="https://leads.example.ru/forms/main/form.js"></script>',
    ].join('\n'),
  )
})

it('offers every field under a label of its own, in both languages', () => {
  for (const language of ['ru', 'en'] as const)
    for (const name of askableFields) expect(describeField(name, language), name).not.toBe(name)
})
