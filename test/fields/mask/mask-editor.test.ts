import { describe, expect, it } from 'vitest'
import { parseText } from '../../../src/fields/field-kind.ts'
import type { Mask } from '../../../src/fields/mask/mask.ts'
import { fields } from '../../../src/fields/fields.ts'
import { createMaskEditor, type InputState } from '../../../src/fields/mask/mask-editor.ts'
import { maxDigits, shapePrefix } from '../../../src/fields/mask/masked.ts'
import { vectors } from '../vectors.ts'

const kinds = {
  phone: fields.phone.kind,
  passport: fields.passport.kind,
  departmentCode: fields.passportIssuedCode.kind,
  date: fields.birthDate.kind,
  amount: fields.amount.kind,
  term: fields.termDays.kind,
  months: fields.jobExperienceMonths.kind,
  anyPhone: fields.jobPhone.kind,
  snils: fields.snils.kind,
  inn: fields.inn.kind,
  postalIndex: fields.registrationIndex.kind,
} as const
type Name = keyof typeof kinds
const names: readonly Name[] = [
  'phone',
  'passport',
  'departmentCode',
  'date',
  'amount',
  'term',
  'months',
  'anyPhone',
  'snils',
  'inn',
  'postalIndex',
]

function maskOf(name: Name): Mask {
  const { mask } = kinds[name]
  if (!mask) throw new TypeError(`${name}: expected a mask`)
  return mask
}

/** An input state from a drawing: `|` is the caret, `[…]` the selection, `_` a no-break space. */
function typed(drawing: string): InputState {
  const marked = drawing.replaceAll('_', '\u00a0')
  const [before = '', selected = '', after = ''] = marked.replace('|', '[]').split(/[[\]]/)
  return { text: before + selected + after, start: before.length, end: before.length + selected.length }
}

function draw({ text, start, end }: InputState): string {
  const drawn = `${text.slice(0, start)}[${text.slice(start, end)}]${text.slice(end)}`
  return drawn.replace('[]', '|').replaceAll('\u00a0', '_')
}

function typeAll(mask: Mask, characters: string, from = '|'): InputState {
  const editor = createMaskEditor(mask)
  return Array.from(characters).reduce((before, character) => editor.insert(before, character), typed(from))
}

const texts: [Name, string][] = [
  ...vectors.phone.ok.map(([text]): [Name, string] => ['phone', text]),
  ...vectors.passport.combined.map(([text]): [Name, string] => ['passport', text]),
  ...vectors.deptCode.ok.map((text): [Name, string] => ['departmentCode', text]),
  ...vectors.deptCode.normalize.map(([text]): [Name, string] => ['departmentCode', text]),
  ...vectors.date.ok.map(([text]): [Name, string] => ['date', text]),
  ...vectors.amount.ok.flatMap(([text, value]): [Name, string][] => (value ? [['amount', text]] : [])),
  ...vectors.snils.valid.map(([text]): [Name, string] => ['snils', text]),
  ...vectors.inn12.valid.map(([text]): [Name, string] => ['inn', text]),
  ...vectors.postalIndex.ok.map((text): [Name, string] => ['postalIndex', text]),
  ['anyPhone', '8 (495) 000-00-01'],
  ['anyPhone', '+7 812 000-00-01'],
  ['anyPhone', '8 800 000 00 01'],
  ['months', '18 мес.'],
]

describe('a complete value', () => {
  // Exit codes, ISO dates and kopecks are pasted, not typed.
  it.each(texts.filter(([, text]) => !/^00|^8 10|^\d{4}-|,00$/.test(text)))(
    'results from typing %s %j',
    (name, text) => {
      const result = typeAll(maskOf(name), text)
      expect(parseText(kinds[name], result.text)).toEqual(parseText(kinds[name], text))
      expect(result.start).toBe(result.text.length)
    },
  )

  it.each(texts)('results from pasting %s %j, over other text, too', (name, text) => {
    const mask = maskOf(name)
    const expected = parseText(kinds[name], text)
    const shown = createMaskEditor(mask).reformat({ text, start: text.length, end: text.length })
    expect(parseText(kinds[name], shown.text)).toEqual(expected)
    expect(shown.start).toBe(shown.text.length)
    for (const before of ['|', `${shapePrefix(mask.shape)}|`, `[${shown.text}]`]) {
      expect(createMaskEditor(mask).insert(typed(before), text)).toEqual(shown)
    }
  })
})

describe('insertion', () => {
  const tests: [Name, string, string, string][] = [
    // One key: before, inside and after the mask's own characters.
    ['phone', '|', '9', '+7 9|'],
    ['phone', '|', '8', '+7 |'],
    ['phone', '|', '+', '+|'],
    ['phone', '+|', '7', '+7 |'],
    // After a plus, 8 is the trunk prefix only if 9 follows.
    ['phone', '+|', '8', '+8|'],
    ['anyPhone', '+8|', '9', '+7 9|'],
    ['anyPhone', '+8|', '4', '+84|'],
    ['anyPhone', '+84 90|', '0', '+84 900|'],
    ['anyPhone', '+7 8|', '4', '+7 84|'],
    ['anyPhone', '+7 8|', ' ', '+7 |'],
    ['anyPhone', '+7 8|', '(', '+7 |'],
    ['anyPhone', '+7 |', '4', '+7 4|'],
    ['phone', '+7 |', '7', '+7 7|'],
    ['phone', '+7 7|', '9', '+7 9|'],
    ['phone', '+7 900|', '0', '+7 900 0|'],
    ['phone', '+7 900| 000', '1', '+7 900 1|00-0'],
    ['phone', '+7 90|0 000', '1', '+7 901| 000-0'],
    ['phone', '|+7 900', '5', '+7 5|90 0'],
    ['phone', '+|7 900', '5', '+7 5|90 0'],
    ['phone', '+7| 900', '5', '+7 5|90 0'],
    ['phone', '+7 900|', 'а', '+7 900а|'],
    ['date', '5|', '.', '05|'],
    ['date', '05.9|', '/', '05.09|'],
    ['date', '05|', '.', '05|'],
    ['amount', '5_000|', '0', '50_000|'],
    ['amount', '|5_000', '1', '1|5_000'],
    ['amount', '|', '0', '0|'],
    ['amount', '0|', '5', '5|'],
    ['departmentCode', '720|', '0', '720-0|'],
    ['passport', '45|', '1', '45 1|'],
    // A gap stands only at a border of the groups.
    ['passport', '45 10|', ' ', '45 10|'],
    ['passport', '45 10 000|', ' ', '45 10 000|'],
    ['passport', '45 1|', ' ', '45 1 |'],
    ['passport', '00 00 50|', ' ', '00 00 50 |'],
    ['departmentCode', '05|', '.', '05.|'],
    ['departmentCode', '05.|', '0', '05.0|'],
    ['departmentCode', '720|', ' ', '720|'],
    // A separator or a second prefix changes nothing.
    ['date', '05.|00.10', '.', '05.|00.10'],
    ['phone', '+7 900 0|00', '-', '+7 900 0|00'],
    ['phone', '|+7 900 000-00-01', '7', '+7 |900 000-00-01'],
    // An extra digit stays visible.
    ['phone', '+7 900 000-00-01|', '2', '+7 900 000-00-012|'],
    ['phone', '+7 900| 000-00-01', '2', '+7 9002| 000-00-01'],
    ['passport', '45 10 000050|', '1', '45 10 0000501|'],
    ['date', '05.09.2010|', '1', '05.09.20101|'],
    ['amount', '9_999_999_999|', '1', '9_999_999_9991|'],
    ['term', '9999|', '1', '99991|'],
    ['inn', '999900000160|', '1', '9999000001601|'],
    ['snils', '112-233-445 9|', '5', '112-233-445 95|'],
    // Replacing a selection.
    ['phone', '[+7 900 000-00-01]', '9', '+7 9|'],
    ['phone', '[+7 900 000-00-01]', '8', '+7 |'],
    ['phone', '+7 [900] 000-00-01', '5', '+7 5|00 000-01'],
    ['phone', '+7 900 000-00-0[1]', '2', '+7 900 000-00-02|'],
    ['date', '[05].09.2010', '1', '1|0.92.010'],
    ['amount', '[50_000]', '7', '7|'],
    // Several characters.
    ['phone', '+7 |', '900', '+7 900|'],
    ['phone', '|+7 ', '900', '+7 900|'],
    ['phone', '+7 900 |', '000-00', '+7 900 000-00|'],
    ['phone', '+7 900 000-00-0[1]', '02', '+7 900 000-00-002|'],
    ['phone', '+7 900 [000-00]-01', '000-11', '+7 900 000-11|-01'],
    ['phone', '+7 900 000-00-01|', '8 900 000-00-02', '+7 900 000-00-02|'],
    ['phone', '+7 9|', '+7 900 000-00-02', '+7 900 000-00-02|'],
    ['date', '05.|2010', '09.', '05.09.|2010'],
    ['date', '05.09.2010|', '2011-10-06', '06.10.2011|'],
    ['passport', '45 10|', '000050', '45 10 000050|'],
    ['departmentCode', '720|', '001', '720-001|'],
    ['amount', '30|', '000', '30_000|'],
    ['amount', '1_000|', '000', '1_000_000|'],
    ['amount', '|000', '50', '50|_000'],
    ['amount', '8|', '9000000001', '9_000_000_001|'],
    ['amount', '|', '99 999 999 999', '99 999 999 999|'],
    ['amount', '30_000|', '50 000 ₽', '50_000|'],
    ['amount', '30_000|', '50 000,00', '50_000|'],
    ['term', '1|', '00', '100|'],
    // A text that does not fit the pattern stays as it is.
    ['phone', '+7 |', '+380 50 000 00 01', '+7 +380 50 000 00 01|'],
    ['phone', '[+7 ]', '+380 50 000 00 01', '+380 50 000 00 01|'],
    ['phone', '[+7 9]', '+7 9OO 000-00-01', '+7 9OO 000-00-01|'],
    ['phone', '|', '+7 900 000-00-01 доб. 5', '+7 900 000-00-01 доб. 5|'],
    ['phone', '|', '+7 900 000-00-012', '+7 900 000-00-012|'],
    ['date', '|', '5 сентября 2010', '05.09.2010|'],
    ['amount', '|', '50 тыс', '50 тыс|'],
    // So does a text whose meaning its digits alone would change.
    ['amount', '|', '45 300,50', '45 300,50|'],
    ['amount', '[30_000]', '-1', '-1|'],
    ['amount', '|', '30 000 – 50 000', '30 000 – 50 000|'],
    ['amount', '|', '30 000.', '30_000|'],
    ['amount', '45_300|', ',', '45_300,|'],
    ['amount', '45_300,|', '5', '45_300,5|'],
    ['amount', '45_300|', '.', '45_300.|'],
    ['amount', '45_300.5|', '0', '45_300.50|'],
    ['amount', '45.30|', '0', '45.300|'],
    ['months', '1|', '.', '1.|'],
    ['amount', '45_300|', 'р', '45_300р|'],
    ['amount', '45_000|', ' ', '45_000 |'],
    ['amount', '45_000 50|', '0', '45_000 500|'],
    ['months', '2|', ' ', '2 |'],
    ['amount', '1|', '.000.000', '1_000_000|'],
    ['term', '|', '7-30', '7-30|'],
    ['months', '|', '1,5', '1,5|'],
    ['inn', '|', '9999 0000 0160', '999900000160|'],
    ['snils', '|', '112 233 445 95', '112-233-445 95|'],
    // It is formatted as soon as it fits.
    ['phone', '+7 9OO| 000-00-01', '0', '+7 9OO0| 000-00-01'],
    ['phone', '+7 9[OO] 000-00-01', '00', '+7 900| 000-00-01'],
    ['phone', '+7 90[O] 000-00-01', '0', '+7 900| 000-00-01'],
  ]
  it.each(tests)('%s: %s with "%s" becomes %s', (name, before, chunk, after) => {
    expect(draw(createMaskEditor(maskOf(name)).insert(typed(before), chunk))).toBe(after)
  })
})

describe('deletion', () => {
  const tests: [Name, 'backward' | 'forward', string, string][] = [
    ['phone', 'backward', '+7 900 000|', '+7 900 00|'],
    ['phone', 'backward', '+7 900 |000', '+7 90|0 00'],
    ['phone', 'backward', '+7 90|0 000', '+7 9|00 00'],
    ['phone', 'backward', '+7 |900', '+7 |900'],
    ['phone', 'backward', '|+7 900', '+7 |900'],
    ['phone', 'backward', '+7 9|', '|'],
    ['phone', 'backward', '+7 |', '|'],
    ['phone', 'backward', '+7| ', '|'],
    ['phone', 'backward', '|', '|'],
    ['phone', 'forward', '+7 900| 001', '+7 900| 01'],
    ['phone', 'forward', '|+7 123', '+7 |23'],
    ['phone', 'forward', '+7 900|', '+7 900|'],
    ['phone', 'backward', '[+7 900 000-00-01]', '|'],
    ['phone', 'forward', '[+7 ]900 000-00-01', '+7 |900 000-00-01'],
    ['phone', 'backward', '+7 900 [000-0]0-01', '+7 900| 001'],
    ['date', 'backward', '05.|09.2010', '0|0.92.010'],
    ['date', 'backward', '[05.09.2010]', '|'],
    ['departmentCode', 'backward', '720-0|', '720|'],
    ['passport', 'forward', '45 10| 000050', '45 10| 00050'],
    ['amount', 'backward', '50_000|', '5_000|'],
    ['amount', 'backward', '5|', '|'],
    // An unformatted text is deleted character by character, and formatted as soon as it fits.
    ['phone', 'backward', '+7 9O|O 000', '+7 9|O 000'],
    ['phone', 'forward', '+7 9|O0 000', '+7 9|00 00'],
    ['phone', 'backward', '+7 900 000-00-01[ доб. 5]', '+7 900 000-00-01|'],
    ['phone', 'backward', '+7 900 000-00-012|', '+7 900 000-00-01|'],
    ['amount', 'backward', '50 тыс|', '50 ты|'],
  ]
  it.each(tests)('%s: %s from %s gives %s', (name, direction, before, after) => {
    expect(draw(createMaskEditor(maskOf(name)).remove(typed(before), direction))).toBe(after)
  })

  it.each(names)('empties %s', (name) => {
    const mask = maskOf(name)
    let now = typeAll(mask, '9'.repeat(maxDigits(mask.shape)))
    for (let presses = 0; now.text !== '' && presses <= maxDigits(mask.shape); presses += 1) {
      now = createMaskEditor(mask).remove(now, 'backward')
    }
    expect(now).toEqual(typed('|'))
  })
})

describe('a text from autofill, a script or an input method', () => {
  const tests: [Name, string, string][] = [
    ['phone', '|', '|'],
    ['phone', '8900000|0001', '+7 900 000|-00-01'],
    ['phone', '9000000001|', '+7 900 000-00-01|'],
    ['phone', '900|', '+7 900|'],
    ['phone', '+380500000001|', '+380500000001|'],
    ['date', '2010-09-05|', '05.09.2010|'],
    ['amount', '050000|', '50_000|'],
    ['passport', '4510 №000050|', '45 10 000050|'],
    ['departmentCode', '720 001|', '720-001|'],
  ]
  it.each(tests)('%s: %s is reformatted as %s', (name, before, after) => {
    expect(draw(createMaskEditor(maskOf(name)).reformat(typed(before)))).toBe(after)
  })
})
