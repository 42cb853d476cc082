import { describe, expect, it } from 'vitest'
import {
  checkCanonical,
  type Entry,
  type FieldKind,
  type ReadResult,
  readText,
} from '../../src/fields/field-kind.ts'
import {
  type FieldName,
  fieldNameOf,
  fields,
  type FieldValue,
  isFieldName,
  pickValue,
  spreadValue,
} from '../../src/fields/fields.ts'
import { isIssueCode } from '../../src/lead/issue.ts'
import { createRandom, seed } from './random.ts'

const people = [
  'Салтыков-Щедрин',
  'фон Дервиз',
  "Д'Артаньян",
  'Рза оглы',
  'Ю',
  'Ёлкина',
  `Ы${'ы'.repeat(99)}`,
] as const
const dates = ['1900-01-01', '1990-09-05', '2024-02-29', '9999-12-31'] as const

/** Canonical values of every field. */
const valid: Readonly<Record<FieldName, readonly [FieldValue, ...FieldValue[]]>> = {
  amount: [1, 999, 1000, 50_000, 9_999_999_999],
  termDays: [1, 30, 9999],
  lastName: people,
  firstName: people,
  middleName: people,
  noMiddleName: [true, false],
  birthDate: dates,
  phone: ['+79000000001', '+79890000007', '+79999999999'],
  email: ['user@example.com', 'User.Name+tag@sub.example.co', 'ivan@xn--e1aybc.xn--p1ai'],
  passport: [
    { passportSeries: '4510', passportNumber: '000050' },
    { passportSeries: '0001', passportNumber: '000001' },
  ],
  passportIssuedDate: dates,
  passportIssuedCode: ['720-001', '000-000'],
  passportIssuedBy: ['ГУ МВД России по г. Москве', 'ОВД «Северный» № 3 (2-й отдел)', '"', 'Ё'.repeat(255)],
  issuePlace: [{ city: 'Тюмень' }, { region: 'Москва', city: 'Москва', cityKladr: '7700000000000' }],
}

const names = Object.keys(valid).filter(isFieldName)
const shaped = names.flatMap((name): [FieldName, Entry][] => {
  const { entry } = fields[name].kind
  return entry ? [[name, entry]] : []
})
const runs = 3000

describe.each(names)(`%s (seed ${seed})`, (name) => {
  const { kind, parts } = fields[name]

  it('writes a valid value as a text that it reads back', () => {
    for (const value of valid[name]) {
      expect(checkCanonical(kind, value)).toEqual({ value })
      expect(kind.normalise(kind.format(value))).toEqual(value)
    }
  })

  it('takes from any text a value that it reads back, a known code, or nothing', () => {
    const random = createRandom(seed)
    for (let run = 0; run < runs; run += 1) {
      const text = run % 2 ? random.text(30) : random.mutate(kind.format(random.pick(valid[name])))
      const about = `seed ${seed}, text ${JSON.stringify(text)}`
      const result = readText(kind, text)
      expect(readAgain(kind, result), about).toEqual(result)
    }
  })

  it('reads a very long text at once', () => {
    for (const unit of ['9', 'а', 'a', ' ', 'a.', 'а-', '-', '@']) {
      const started = performance.now()
      readText(kind, unit.repeat(100_000))
      expect(performance.now() - started, unit).toBeLessThan(500)
    }
  })

  it.each([undefined, null, Number.NaN, {}, [], '\u0000', 1.5])('refuses %o as a value', (candidate) => {
    expect(checkCanonical(kind, candidate)).toHaveProperty('code')
  })

  it('stands under its name and the names of its parts', () => {
    for (const part of parts ?? [name]) expect(fieldNameOf(part)).toBe(name)
    for (const value of valid[name]) expect(pickValue(name, spreadValue(name, value))).toEqual(value)
  })
})

describe.each(shaped)(`%s (seed ${seed})`, (name, { display, keep, whole }) => {
  it('shows what it keeps of any text so that it keeps the same of that', () => {
    const random = createRandom(seed)
    for (let run = 0; run < runs; run += 1) {
      const written = fields[name].kind.format(random.pick(valid[name]))
      const text = run % 2 ? random.text(20) : random.mutate(written)
      const about = `seed ${seed}, text ${JSON.stringify(text)}`
      const shown = display(keep(text))
      expect(display(keep(shown)), about).toBe(shown)
      const digits = whole(text) ?? keep(shown)
      expect(keep(display(digits)), about).toBe(digits)
    }
  })
})

/** What is read from a value's own text; a code if it is one. */
function readAgain(kind: FieldKind<FieldValue>, result: ReadResult<FieldValue>): ReadResult<FieldValue> {
  if (result && 'value' in result) return checkCanonical(kind, kind.normalise(kind.format(result.value)))
  return result && isIssueCode(result.code) ? result : undefined
}

it('knows no other fields', () => {
  expect(isFieldName('toString')).toBe(false)
  expect(fieldNameOf('no such name')).toBe('no such name')
  expect(pickValue('passport', { amount: 1 })).toBeUndefined()
})
