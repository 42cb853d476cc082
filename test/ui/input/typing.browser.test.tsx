import { describe, expect, it } from 'vitest'
import { parseText } from '../../../src/fields/field-kind.ts'
import { fieldOf } from '../../../src/fields/fields.ts'
import { ru } from '../../../src/i18n/ru/ru.ts'
import { issueText } from '../../../src/i18n/find-text.ts'
import type { LeadValues } from '../../../src/lead/values.ts'
import { readable, unreadable } from '../support/mask-vectors.ts'
import { press, typeKeys } from '../support/keys.ts'
import { showFields } from '../support/show-form.ts'

/** Exit codes and reversed dates are only pasted. If they are typed, they must not become another value. */
const isTypeable = (text: string): boolean => !/^00|^8 10|^\d{4}-/.test(text)

describe('a text that is typed key by key', () => {
  it.each(readable.filter(([, text]) => isTypeable(text)))(
    'into %s as %j is %o',
    async (name, text, values) => {
      const form = showFields(name)
      form.input(name).focus()
      await typeKeys(text)
      await press('Tab')
      const expected: LeadValues = values
      expect(form.model.values.value).toEqual(expected)
      expect(form.message(name)?.blocks ?? false).toBe(false)
    },
  )

  const refused = [...unreadable, ...readable.filter(([, text]) => !isTypeable(text))]
  it.each(refused.map(([name, text]) => [name, text] as const))(
    'into %s as %j is refused',
    async (name, text) => {
      const form = showFields(name)
      form.input(name).focus()
      await typeKeys(text)
      await press('Tab')
      expect(form.model.values.value).toEqual({})
      const result = parseText(fieldOf(name).kind, form.input(name).value)
      // An empty field is not reported before the person tries to leave the step.
      expect(form.message(name)).toEqual(
        result && 'code' in result ? { text: issueText(result, ru), blocks: true } : undefined,
      )
      await form.click()
      expect(form.message(name)?.blocks).toBe(true)
      expect(form.model.index.value).toBe(0)
    },
  )

  it.each([
    ['phone', '89000000001', '2', '+7 900 000-00-012'],
    ['passport', '4510000050', '1', '45 10 0000501'],
    ['passportIssuedDate', '05092010', '1', '05.09.20101'],
  ] as const)(
    'into %s as %s and then %s shows %s until it is corrected',
    async (name, text, extra, shown) => {
      const form = showFields(name)
      const input = form.input(name)
      input.focus()
      await typeKeys(text)
      const whole = input.value
      await typeKeys(extra)
      expect(input.value).toBe(shown)
      expect(form.model.values.value).toEqual({})
      await press('Backspace')
      expect(input.value).toBe(whole)
      expect(form.model.fields[name]?.value.value).toBeDefined()
    },
  )
})
