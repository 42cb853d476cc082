import { describe, expect, it } from 'vitest'
import { fields } from '../../../src/fields/fields.ts'
import { formatDigits } from '../../../src/fields/mask/masked.ts'
import { compose, press, typeKeys } from '../support/keys.ts'
import { showFields } from '../support/show-form.ts'

const undo = 'Control+z'
const redo = 'Control+Shift+z'

describe.each([
  ['phone', '9000000001'],
  ['passport', '4510000050'],
  ['passportIssuedDate', '05092010'],
  ['amount', '1000000'],
] as const)('undoing in %s', (name, keys) => {
  it('goes back through the earlier texts to an empty one, and redoing goes forward again', async () => {
    const form = showFields(name)
    const input = form.input(name)
    input.focus()
    const texts = ['']
    for (const key of keys) {
      await typeKeys(key)
      texts.push(input.value)
    }
    const full = input.value
    for (let steps = 0; input.value !== '' && steps < texts.length; steps += 1) {
      const before = input.value
      await press(undo)
      expect(texts.slice(0, texts.indexOf(before))).toContain(input.value)
      expect(form.model.fields[name]?.text.value).toBe(input.value)
    }
    expect(input.value).toBe('')
    for (let steps = 0; input.value !== full && steps < texts.length; steps += 1) {
      const before = input.value
      await press(redo)
      expect(texts.slice(texts.indexOf(before) + 1)).toContain(input.value)
    }
    expect(input.value).toBe(full)
    expect(form.model.fields[name]?.text.value).toBe(full)
  })
})

describe('undoing', () => {
  it('restores a deleted word in one step', async () => {
    const form = showFields('phone')
    const input = form.input('phone')
    input.focus()
    await typeKeys('9000000001')
    await press('Control+Backspace')
    expect(input.value).toBe('+7 900 000-00')
    await press(undo)
    expect(input.value).toBe('+7 900 000-00-01')
    expect(form.model.fields.phone?.value.value).toBe('+79000000001')
  })

  it('after an input method leaves a masked text, which the model has too', async () => {
    const form = showFields('phone')
    const input = form.input('phone')
    input.focus()
    await typeKeys('900')
    await compose('0000')
    expect(input.value).toBe('+7 900 000-0')
    await press(undo, undo)
    const { mask } = fields.phone.kind
    expect(mask && formatDigits(mask.shape, mask.digits(input.value) ?? '')).toBe(input.value)
    expect(form.model.fields.phone?.text.value).toBe(input.value)
  })

  it('leaves a text that can be continued', async () => {
    const form = showFields('passport')
    const input = form.input('passport')
    input.focus()
    await typeKeys('45109')
    await press(undo, 'End')
    expect(input.value).toBe('45 10')
    await typeKeys('000050')
    expect(input.value).toBe('45 10 000050')
    expect(input.selectionStart).toBe(input.value.length)
  })
})
