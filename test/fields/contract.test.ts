import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type FieldKind, type ParseResult, checkValue, parseText } from '../../src/fields/field-kind.ts'
import type { Mask } from '../../src/fields/mask/mask.ts'
import {
  fieldNameOf,
  fieldOf,
  fields,
  type FieldValue,
  isFieldName,
  pickValue,
  spreadValue,
} from '../../src/fields/fields.ts'
import { createMaskEditor, type InputState, type MaskEditor } from '../../src/fields/mask/mask-editor.ts'
import { formatDigits } from '../../src/fields/mask/masked.ts'
import { suggestText } from '../../src/fields/suggestions.ts'
import { isIssueCode } from '../../src/lead/issue.ts'
import { anyText, spoiled } from './any-text.ts'
import { decoratedPhone } from './phone-spellings.ts'
import { kinds, type KindUnderTest, oneOf } from './kinds-under-test.ts'
import { seed } from '../support/random.ts'

console.log(`Values of fields are chosen with SEED=${seed}`)

const table = Object.entries(kinds)
const withMask = table.flatMap(([name, { kind, valid }]): [string, KindUnderTest, Mask][] =>
  kind.mask ? [[name, { kind, valid }, kind.mask]] : [],
)
const empty: InputState = { text: '', start: 0, end: 0 }

/** Checks a property on this many random cases. A failure prints the seed and the smallest case. */
function forAll<Case>(numRuns: number, cases: fc.Arbitrary<Case>, predicate: (one: Case) => void): void {
  fc.assert(
    fc.property(cases, (one) => predicate(one)),
    { seed, numRuns },
  )
}

/** Types all characters into an empty field, one after another. */
function typeAll(mask: Mask, characters: string): InputState {
  const editor = createMaskEditor(mask)
  return Array.from(characters).reduce((before, key) => editor.insert(before, key), empty)
}

/** The parsed text of a valid value; a code if it is a known one. */
function readAgain(kind: FieldKind<FieldValue>, result: ParseResult<FieldValue>): ParseResult<FieldValue> {
  if (!result) return undefined
  if ('code' in result) return isIssueCode(result.code) ? result : undefined
  const checked = checkValue(kind, result.value)
  return 'value' in checked ? checkValue(kind, kind.normalize(kind.format(checked.value))) : checked
}

/** A rule of valibot, as far as its message and the rules inside it are concerned. */
interface Rule {
  readonly message?: unknown
  readonly pipe?: readonly unknown[]
  readonly entries?: Readonly<Record<string, unknown>>
}

/** The messages of all rules of a schema; `undefined` for a rule without one. */
function ruleMessages(schema: unknown): readonly unknown[] {
  const { message, pipe: [, ...actions] = [], entries = {} }: Rule = Object(schema)
  return [message, ...[...actions, ...Object.values(entries)].flatMap(ruleMessages)]
}

describe.each(table)('%s', (_, { kind, valid }) => {
  it('parses any text to a valid value that round-trips, a known code, or nothing', () => {
    const written = valid.map((value) => kind.format(value))
    forAll(7000, fc.oneof(anyText, spoiled(written), spoiled(spoiled(written))), (text) => {
      const result = parseText(kind, text)
      expect(readAgain(kind, result)).toEqual(result)
      // Characters that a database accepts: no NUL, no lone surrogates.
      expect(JSON.stringify(result ?? '')).not.toMatch(/(?<!\\)\\u/)
    })
  })

  it('formats a valid value as a text that it parses back', () => {
    forAll(3000, valid, (value) => {
      expect(checkValue(kind, value)).toEqual({ value })
      expect(kind.normalize(kind.format(value))).toEqual(value)
    })
  })

  it('suggests only valid values', () => {
    forAll(
      (suggestText(kind, 'Bdfyjd') ?? suggestText(kind, 'a@gmial.com')) ? 3000 : 1,
      fc.oneof(anyText, spoiled(valid.map(kind.format))),
      (text) => {
        const suggestion = suggestText(kind, text)
        const taken = suggestion === undefined || 'value' in (parseText(kind, suggestion) ?? {})
        expect(taken, suggestion).toBe(true)
      },
    )
  })

  it('parses a very long text quickly', () => {
    for (const unit of ['9', 'а', 'a', ' ', 'a.', 'а-', '-', '@', '9,']) {
      for (const [before, after] of [
        ['', ''],
        ['a', 'a'],
        ['x@', ''],
      ]) {
        const text = `${before}${unit.repeat(100_000)}${after}`
        const started = performance.now()
        parseText(kind, text)
        suggestText(kind, text)
        expect(performance.now() - started, `${before}${unit}…${after}`).toBeLessThan(500)
      }
    }
  })

  it('has an issue code for every rule', () => {
    const messages = ruleMessages(kind.schema)
    expect(messages).not.toEqual([])
    expect(messages.filter((message) => !isIssueCode(message))).toEqual([])
  })

  it.each([undefined, null, Number.NaN, {}, [], '', ' ', '\u0000', '\ud800', 1.5])(
    'refuses the value %o',
    (candidate) => {
      expect(checkValue(kind, candidate)).toHaveProperty('code')
    },
  )
})

describe.each(withMask)('%s, while it is typed', (_, { kind, valid }, mask) => {
  const written = valid.map((value) => kind.format(value))
  const edits = fc.array(
    fc.record({
      chunk: fc.oneof(anyText, written, oneOf('0123456789+-., а')),
      start: fc.nat(40),
      length: fc.nat(6),
      action: fc.constantFrom('insert', 'insert', 'insert', 'backward', 'forward', 'settle'),
    }),
    { minLength: 1, maxLength: 8 },
  )

  it('keeps the selection within the text after any edits, whatever was edited before', () => {
    forAll(3000, fc.tuple(fc.oneof(anyText, written, spoiled(written)), edits), ([first, all]) => {
      const editor = createMaskEditor(mask)
      let now: InputState = { text: first, start: 0, end: 0 }
      for (const { chunk, start: proposedStart, length, action } of all) {
        const start = Math.min(proposedStart, now.text.length)
        const before = { text: now.text, start, end: Math.min(start + length, now.text.length) }
        const edit = (by: MaskEditor): InputState => {
          if (action === 'insert') return by.insert(before, chunk)
          return action === 'settle' ? by.reformat(before) : by.remove(before, action)
        }
        now = edit(editor)
        expect(now).toEqual(edit(createMaskEditor(mask)))
        const { text, start: from, end } = now
        expect(from >= 0 && from <= end && end <= text.length, `${from}…${end} in ${text}`).toBe(true)
        expect(editor.reformat(editor.reformat(now))).toEqual(editor.reformat(now))
      }
    })
  })

  it('gives the same value for keys, digits alone, paste and autofill', () => {
    forAll(2000, written, (text) => {
      const editor = createMaskEditor(mask)
      const pasted = editor.insert(empty, text)
      expect(pasted.text).toBe(text)
      expect(typeAll(mask, text.replace(/\D/g, ''))).toEqual(pasted)
      // Separators that keys write become the mask's once the field is left.
      expect(editor.reformat(typeAll(mask, text))).toEqual(pasted)
      expect(editor.reformat({ text, start: text.length, end: text.length })).toEqual(pasted)
    })
  })

  it('formats the digits of any text so that they stay the same', () => {
    forAll(2000, fc.oneof(anyText, spoiled(written)), (text) => {
      const whole = mask.parse(text)
      const shown = formatDigits(mask.shape, whole ?? mask.digits(text) ?? '')
      const digits = mask.digits(shown)
      expect(formatDigits(mask.shape, digits ?? 'none')).toBe(shown)
      expect(digits).toBe(whole ?? digits)
    })
  })
})

it.each(['a mobile number', 'any phone'])('%s is the same number in every spelling', (name) => {
  const { kind } = kinds[name] ?? {}
  const mask = kind?.mask
  if (!kind || !mask) throw new TypeError(`${name}: expected a mask`)
  forAll(6000, decoratedPhone, ({ number, text }) => {
    expect(parseText(kind, text)).toEqual({ value: number })
    for (const before of ['', '+7 ', '+7 9', '+7 900 000-00-02']) {
      const start = before.length
      const after = createMaskEditor(mask).insert({ text: before, start, end: start }, text)
      expect(after).toEqual(createMaskEditor(mask).insert(empty, number))
      expect(parseText(kind, after.text)).toEqual({ value: number })
    }
  })
})

describe('every field', () => {
  const secret = ['passport', 'passportIssuedCode', 'snils', 'inn']

  it.each(Object.entries(fields))(
    '%s has a valid keyboard, and says whether the browser may fill it in',
    (name, { kind, attributes }) => {
      const { type = 'text', inputMode, autoComplete } = { ...kind.attributes, ...attributes }
      expect(['text', 'tel']).toContain(type)
      // Which tokens are valid is tested in autocomplete.test.ts.
      expect(autoComplete ?? 'off').toMatch(secret.includes(name) ? /^off$/ : /./)
      expect(autoComplete === undefined && kind.control === 'text').toBe(false)
      const digitsOnly = type === 'tel' ? 'tel' : 'numeric'
      expect(inputMode).toBe(kind.mask ? digitsOnly : inputMode)
    },
  )

  it('has a kind that is tested here', () => {
    const seen = new Set<FieldKind<FieldValue>>(Object.values(kinds).map(({ kind }) => kind))
    const missing = Object.entries(fields).filter(([, { kind }]) => !seen.has(kind))
    expect(missing.map(([name]) => name)).toEqual([])
    expect(kinds['an SMS code']?.kind.attributes).toMatchObject({ autoComplete: 'one-time-code' })
  })

  it.each(Object.keys(fields).filter(isFieldName))('%s is found by its name and its parts', (name) => {
    const { kind, parts = [name] } = fieldOf(name)
    for (const part of parts) expect(fieldNameOf(part)).toBe(name)
    const { valid } = table.map(([, tested]) => tested).find((tested) => tested.kind === kind) ?? {}
    for (const value of valid ? fc.sample(valid, { seed, numRuns: 20 }) : []) {
      expect(pickValue(name, spreadValue(name, value))).toEqual(value)
    }
  })

  it('is not found by inherited names', () => {
    expect(isFieldName('toString')).toBe(false)
    expect(fieldNameOf('no such name')).toBe('no such name')
    expect(pickValue('passport', { amount: 1 })).toBeUndefined()
  })
})
