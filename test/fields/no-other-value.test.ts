import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseText } from '../../src/fields/field-kind.ts'
import { type FieldName, fieldOf, type FieldValue, isFieldName } from '../../src/fields/fields.ts'
import { createMaskEditor, type InputState } from '../../src/fields/mask/mask-editor.ts'
import { seed } from '../support/random.ts'
import { anyText, spoiled } from './any-text.ts'
import { digits, kinds } from './kinds-under-test.ts'
import { isPlain, says } from './what-texts-say.ts'

const empty: InputState = { text: '', start: 0, end: 0 }
const atEnd = (text: string): InputState => ({ text, start: text.length, end: text.length })

/** The value that a field has after a text was entered in a way and the field was left. */
function enter(name: FieldName, text: string, way: 'keys' | 'paste' | 'autofill' | 'post'): unknown {
  const { kind } = fieldOf(name)
  const { mask } = kind
  const editor = mask && createMaskEditor(mask)
  const pieces = { keys: Array.from(text), paste: text ? [text] : [] }
  const before =
    !editor || way === 'post' || way === 'autofill'
      ? atEnd(text)
      : pieces[way].reduce((state, piece) => editor.insert(state, piece), empty)
  const left = way === 'post' ? before : (editor?.reformat(before) ?? before)
  const result = parseText(kind, left.text)
  return result && 'value' in result ? result.value : undefined
}

const gap = fc.constantFrom(
  '',
  '',
  ' ',
  ' ',
  '.',
  '-',
  ',',
  '/',
  ' - ',
  '\u00a0',
  '\u202f',
  '\t',
  '\n',
  '–',
  '−',
  '+',
  ':',
  ';',
  '*',
  '|',
  '№',
  '…',

  'тыс',
  ' руб.',
  ' ₽',
  ' р',
  '%',
  'г',
  ' г ',
  ' мес',
  ' лет',
  ' дней',
  'e',
  'E+',
  ' сентября ',
  'мая',
  'ю',
  '½',
  '²',
  '⁰⁰',
  '$',

  '00',
  ',00',
  '.00',
  ',5',
  '.5',
  '(',
  ')',
  'T00:00',
  ' 0:00:00',
  'Ⅱ',
  '①',
  'О',
  'o',
  'l',
  '٣',
  '+7 ',
  '8 ',
  '7',
  'тел. ',
)
/** Numbers, signs and words in any order. */
const notes = fc
  .array(fc.tuple(gap, fc.oneof(digits(0, 4), digits(5, 11), fc.constantFrom('1990', '000', '05', '9'))), {
    maxLength: 5,
  })
  .chain((parts) => gap.map((last) => parts.flat().join('') + last))

describe.each(Object.keys(says).filter(isFieldName))('%s', (name) => {
  const { kind } = fieldOf(name)
  const { valid } = Object.values(kinds).find((tested) => tested.kind === kind) ?? {}
  const written = (valid ?? fc.constant<FieldValue>('')).map((value) => kind.format(value))
  const texts = fc.oneof(
    notes,
    anyText,
    spoiled(written),
    spoiled(spoiled(written)),
    fc.tuple(gap, written, gap).map((parts) => parts.join('')),
    fc.tuple(written, gap, written).map((parts) => parts.join('')),
    fc.tuple(written, fc.nat(10), gap).map(([text, at, sign]) => text.slice(0, at) + sign + text.slice(at)),
  )

  it('has no value that the entered text does not say, and the same one by every way', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const pasted = enter(name, text, 'paste')
        const values = {
          pasted,
          posted: enter(name, text, 'post'),
          filled: enter(name, text, 'autofill'),
          typed: enter(name, text, 'keys'),
        }
        expect(values).toMatchObject({ posted: pasted, filled: pasted })
        for (const [way, value] of Object.entries(values)) {
          if (value === undefined) continue
          expect(
            isPlain(text) && says[name]?.(text, value),
            `${JSON.stringify(text)} ${way} is ${JSON.stringify(value)}`,
          ).toBe(true)
          // Keys may be refused where the mask shows the first digits in another way than they were meant.
          expect(pasted ?? value, `${JSON.stringify(text)} ${way}`).toEqual(value)
        }
      }),
      { seed, numRuns: 4000 },
    )
  })
})
