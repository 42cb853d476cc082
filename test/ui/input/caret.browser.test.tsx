import { describe, expect, it } from 'vitest'
import { type FieldName, fieldOf } from '../../../src/fields/fields.ts'
import { createMaskEditor } from '../../../src/fields/mask/mask-editor.ts'
import { formatDigits, maxDigits } from '../../../src/fields/mask/masked.ts'
import { draw, readDrawing } from '../support/drawing.ts'
import { press, typeKeys } from '../support/keys.ts'
import { showFields } from '../support/show-form.ts'

/** Shows a field with the text and selection of a drawing, focused. */
function showDrawn(name: FieldName, drawing: string): HTMLInputElement {
  const { text, start, end } = readDrawing(drawing)
  const form = showFields(name)
  form.model.type(name, text)
  const input = form.input(name)
  input.focus()
  input.setSelectionRange(start, end)
  return input
}

describe('a key', () => {
  const tests: [FieldName, string, string, string][] = [
    // In the middle.
    ['phone', '+7 900 |000-00-0', '5', '+7 900 5|00-00-00'],
    ['phone', '+7 90|0 000', '5', '+7 905| 000-0'],
    ['passport', '45 |10 0000', '5', '45 5|1 00000'],
    ['passport', '45| 10 0000', '5', '45 5|1 00000'],
    ['passportIssuedDate', '0|5.09.20', '1', '01|.50.920'],
    ['amount', '5|0_000', '1', '51|0_000'],
    ['amount', '|50_000', '1', '1|50_000'],
    ['phone', '+7 900 |000-00-01', 'Backspace', '+7 90|0 000-00-1'],
    ['phone', '+7 900 00|0-00-01', 'Delete', '+7 900 00|0-00-1'],
    ['passport', '45 10 0|00050', 'Backspace', '45 10| 00050'],
    ['passportIssuedDate', '05.0|9.2010', 'Delete', '05.0|2.010'],
    ['amount', '50_0|00', 'Backspace', '5_0|00'],
    // Next to characters of the pattern.
    ['phone', '+7 900| 000-00-01', 'Delete', '+7 900| 000-00-1'],
    ['phone', '+7 900 000|-00-01', 'Delete', '+7 900 000|-00-1'],
    ['phone', '|+7 900', 'Delete', '+7 |00'],
    ['phone', '+7 |900', 'Backspace', '+7 |900'],
    ['passport', '45 |10 000050', 'Backspace', '4|1 00 00050'],
    ['passport', '45| 10 000050', 'Delete', '45| 00 00050'],
    ['passportIssuedDate', '05.|09.2010', 'Backspace', '0|0.92.010'],
    ['passportIssuedDate', '05|.09.2010', 'Delete', '05|.92.010'],
    ['amount', '50_|000', 'Backspace', '5|_000'],
    ['amount', '50|_000', 'Delete', '5_0|00'],
    // Over a selection.
    ['phone', '+7 [900] 000-00-01', '5', '+7 5|00 000-01'],
    ['phone', '[+7 900 000-00-01]', '9', '+7 9|'],
    ['phone', '+7 900 [000-0]0-01', 'Backspace', '+7 900| 001'],
    ['passport', '[45 10] 000050', 'Delete', '|00 00 50'],
    ['passportIssuedDate', '[05].09.2010', '1', '1|0.92.010'],
    ['amount', '[50_000]', '7', '7|'],
    // In a full field: an extra digit stays visible, and so does a letter.
    ['phone', '+7 900 |000-00-01', '5', '+7 900 5|000-00-01'],
    ['passport', '45 |10 000050', '5', '45 5|10 000050'],
    ['passport', '45 5|10 000050', 'Backspace', '45 |10 000050'],
    ['passport', '45 |10', 'x', '45 x|10'],
    // That moves the caret.
    ['phone', '+7 900 000|-00-01', 'Home', '|+7 900 000-00-01'],
    ['phone', '|+7 900 000-00-01', 'End', '+7 900 000-00-01|'],
    ['passport', '45 10| 000050', 'ArrowRight', '45 10 |000050'],
    ['passport', '45 10| 000050', 'Shift+ArrowLeft', '45 1[0] 000050'],
    // That deletes more than one character.
    ['phone', '+7 900 000-00|', 'Control+Backspace', '+7 900 000|'],
    ['phone', '+7 900| 000-00-01', 'Control+Delete', '+7 900| 000-1'],
    ['passport', '45 |10 000050', 'Control+Backspace', '|10 00 0050'],
    ['amount', '1_000_|000', 'Control+Backspace', '1|_000'],
  ]
  it.each(tests)('in %s turns %s by %s into %s', async (name, before, key, after) => {
    const input = showDrawn(name, before)
    if (key.length === 1) await typeKeys(key)
    else await press(key)
    expect(draw(input)).toBe(after)
  })

  it.each(['phone', 'passport', 'passportIssuedDate', 'amount'] as const)(
    'at every position of %s leaves the caret behind the digit',
    async (name) => {
      const { mask } = fieldOf(name).kind
      if (!mask) throw new TypeError(`${name}: expected a mask`)
      const text = formatDigits(mask.shape, '9'.repeat(maxDigits(mask.shape) - 1))
      const form = showFields(name)
      const input = form.input(name)
      input.focus()
      for (let at = 0; at <= text.length; at += 1) {
        form.model.type(name, text)
        input.setSelectionRange(at, at)
        await typeKeys('5')
        const expected = createMaskEditor(mask).insert({ text, start: at, end: at }, '5')
        expect({ text: input.value, caret: input.selectionStart }, `at ${at}`).toEqual({
          text: expected.text,
          caret: expected.start,
        })
        expect(input.value.charAt((input.selectionStart ?? 0) - 1)).toBe('5')
      }
    },
  )
})

describe('selecting all and typing', () => {
  it.each([
    ['phone', '+7 900 000-00-01', '89000000002', '+7 900 000-00-02'],
    ['passport', '45 10 000050', '4511000051', '45 11 000051'],
    ['passportIssuedDate', '05.09.2010', '06.10.2011', '06.10.2011'],
    ['amount', '50\u00a0000', '70000', '70\u00a0000'],
  ] as const)('replaces %s', async (name, before, keys, after) => {
    const input = showDrawn(name, `${before}|`)
    await press('Control+a')
    await typeKeys(keys)
    expect(input.value).toBe(after)
    expect(input.selectionStart).toBe(after.length)
  })
})

describe('fast typing', () => {
  it('loses nothing in a form of several fields', async () => {
    const form = showFields('lastName', 'phone', 'passport')
    form.input('phone').focus()
    await typeKeys('9000000001')
    await press('Tab')
    await typeKeys('4510000050')
    expect(form.model.values.value).toEqual({
      phone: '+79000000001',
      passportSeries: '4510',
      passportNumber: '000050',
    })
  })
})
