import { describe, expect, it } from 'vitest'
import { parseText } from '../../../src/fields/field-kind.ts'
import { type FieldName, fieldOf } from '../../../src/fields/fields.ts'
import { ru } from '../../../src/i18n/ru/ru.ts'
import { issueText } from '../../../src/i18n/find-text.ts'
import type { LeadValues } from '../../../src/lead/values.ts'
import { inputCases, matchAccepted, nameOfCase } from '../../fields/input-cases.ts'
import { draw, readDrawing } from '../support/drawing.ts'
import { enterCase } from '../support/enter-case.ts'
import { readable, unreadable } from '../support/mask-vectors.ts'
import { paste, press, typeKeys } from '../support/keys.ts'
import { showFields } from '../support/show-form.ts'

// Every test that uses the clipboard is in this file: a browser has one clipboard, and files run in parallel.

describe('a pasted text', () => {
  it.each(
    inputCases.flatMap((entry) => (entry.how === 'paste' ? [[nameOfCase(entry), entry] as const] : [])),
  )('%s', async (_, entry) => {
    expect(entry.accept).toContainEqual(matchAccepted(entry, await enterCase(entry, paste)))
  })

  it.each(readable)('into %s as %j is %o', async (name, text, values) => {
    const form = showFields(name)
    form.input(name).focus()
    await paste(text)
    await press('Tab')
    const expected: LeadValues = values
    expect(form.model.values.value).toEqual(expected)
    expect(form.message(name)?.blocks ?? false).toBe(false)
  })

  it.each(unreadable.filter(([, text]) => text !== ''))('into %s as %j is refused', async (name, text) => {
    const form = showFields(name)
    form.input(name).focus()
    await paste(text)
    await press('Tab')
    expect(form.model.values.value).toEqual({})
    // All of it stays visible, for the person to correct.
    const result = parseText(fieldOf(name).kind, text)
    expect(parseText(fieldOf(name).kind, form.input(name).value)).toEqual(result)
    expect(form.message(name)).toEqual(
      result && 'code' in result ? { text: issueText(result, ru), blocks: true } : undefined,
    )
    await form.click()
    expect(form.message(name)?.blocks).toBe(true)
    expect(form.model.index.value).toBe(0)
  })

  it.each([
    ['phone', '+7 900| 000-00-01', '8 (900) 000-00-02', '+7 900 000-00-02|'],
    ['phone', '+7 |', '9000000001', '+7 900 000-00-01|'],
    ['phone', '[+7 900 000-00-01]', '89000000002', '+7 900 000-00-02|'],
    ['phone', '+7 900 [000-00]-01', '000-11', '+7 900 000-11|-01'],
    ['passport', '45 10|', '000050', '45 10 000050|'],
    ['passportIssuedDate', '05.09.2010|', '2011-10-06', '06.10.2011|'],
    ['amount', '30_000|', '50 000 ₽', '50_000|'],
    ['amount', '|000', '50', '50|_000'],
  ] as const)('into %s at %s of %j shows %s', async (name, before, chunk, after) => {
    const { text, start, end } = readDrawing(before)
    const form = showFields(name)
    form.model.type(name, text)
    const input = form.input(name)
    input.focus()
    input.setSelectionRange(start, end)
    await paste(chunk)
    expect(draw(input)).toBe(after)
  })
})

describe('undoing', () => {
  /** Makes several edits. The caret moves between them, so the browser does not merge them. */
  const edits = async (input: HTMLInputElement): Promise<string[]> => {
    const texts = [input.value]
    await press('Home', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight')
    await press('Backspace')
    texts.push(input.value)
    await press('End', 'ArrowLeft')
    await typeKeys('7')
    texts.push(input.value)
    await press('Home', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'Delete')
    texts.push(input.value)
    await press('Control+a')
    await paste('89000000002')
    texts.push(input.value)
    return texts
  }

  it.each(['phone', 'passport', 'lastName'] as const)(
    'reverts one edit after another in %s, as in a plain input, and redoing repeats them',
    async (name: FieldName) => {
      const form = showFields(name)
      const input = form.input(name)
      input.focus()
      await paste('9000000001')
      const texts = await edits(input)
      expect(new Set(texts).size).toBe(texts.length)
      for (const text of texts.toReversed().slice(1)) {
        await press('Control+z')
        expect(input.value).toBe(text)
      }
      for (const text of texts.slice(1)) {
        await press('Control+Shift+z')
        expect(input.value).toBe(text)
      }
    },
  )

  it('restores a cut text', async () => {
    const form = showFields('passport', 'lastName')
    const input = form.input('passport')
    input.focus()
    await typeKeys('4510000050')
    await press('Home', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'Shift+End', 'Control+x')
    expect(draw(input)).toBe('45|')
    await press('Control+z')
    expect(input.value).toBe('45 10 000050')
    form.input('lastName').focus()
    await press('Control+v')
    expect(form.input('lastName').value).toBe('10 000050')
  })
})
