import { act } from '@testing-library/preact'
import { describe, expect, it } from 'vitest'
import { callbackPreset } from '../../src/form/presets/presets.ts'
import { microloanPreset } from '../../src/form/presets/microloan.ts'
import { ru } from '../../src/i18n/ru/ru.ts'
import { defineSteps } from '../form/define.ts'
import { showFields, showForm } from './support/show-form.ts'

describe('the progress', () => {
  it('is not shown where there is one step', () => {
    const form = showForm(defineSteps(callbackPreset.steps))
    expect(form.all(HTMLElement, '[part=progress-text], [part=progress]')).toEqual([])
    expect(form.root.textContent).not.toContain('Шаг')
  })

  it('moves with every step, and is not full before anything was sent', async () => {
    const form = showForm(defineSteps(microloanPreset.steps))
    const shown: number[] = []
    for (const { id } of form.model.steps.value) {
      await act(() => form.model.goTo(id))
      const { value, max } = form.one(HTMLProgressElement, '[part=progress]')
      shown.push(value / max)
    }
    expect(shown).toEqual([...shown].sort((one, other) => one - other))
    expect(new Set(shown).size).toBe(shown.length)
    expect(shown[0]).toBeGreaterThan(0)
    expect(shown.at(-1)).toBeLessThan(1)
  })
})

describe('a step', () => {
  it.each(microloanPreset.steps)(
    'says why a passport is asked if it asks for one: $id',
    async ({ id, fields }) => {
      const form = showForm(defineSteps(microloanPreset.steps))
      form.model.goTo(id)
      await expect.poll(() => form.one(HTMLElement, '[part=form]').dataset['step']).toBe(id)
      const asks = fields.some(({ name }) => name === 'passport')
      expect(form.root.textContent?.includes(ru.passportNote)).toBe(asks)
    },
  )
})

describe('the hint of an amount', () => {
  const limits = { name: 'amount', minimum: 1000, maximum: 30_000 } as const
  const hintOf = (form: ReturnType<typeof showFields>) =>
    form.one(HTMLElement, '[part=hint]').textContent?.replaceAll('\u00a0', ' ')

  it('says the limits', () => {
    expect(hintOf(showFields(limits))).toBe('От 1 000 до 30 000 ₽')
  })

  it('shows beside the limits where the page has one', () => {
    const form = showFields({ ...limits, hint: 'Новым клиентам до 15 000 ₽' })
    expect(hintOf(form)).toBe('От 1 000 до 30 000 ₽. Новым клиентам до 15 000 ₽')
  })
})
