import { describe, expect, it } from 'vitest'
import {
  addDays,
  addYears,
  formatRussianDate,
  isCalendarDate,
  moscowDate,
  parseCalendarDate,
} from '../../src/lead/calendar-date.ts'
import { day } from './day.ts'

describe('a calendar date', () => {
  it.each(['1900-01-01', '2000-02-29', '2024-02-29', '2026-11-30', '2026-12-31', '9999-12-31'])(
    '%s is valid',
    (text) => {
      expect(parseCalendarDate(text)).toBe(text)
    },
  )

  it.each([
    '1899-12-31',
    '1900-02-29',
    '2023-02-29',
    '2024-02-30',
    '2026-04-31',
    '2026-13-01',
    '2026-00-10',
    '2026-01-00',
    '2026-1-1',
    '26-01-01',
    '10000-01-01',
    '01.01.2026',
    '2026-01-01T00:00',
    ' 2026-01-01',
    '',
    '2026-01-01\n',
    '２０２６-01-01',
    '-2026-01-01',
  ])('%j is invalid', (text) => {
    expect(isCalendarDate(text)).toBe(false)
    expect(parseCalendarDate(text)).toBeUndefined()
  })
})

it.each([
  ['29.02.2004', 20, '29.02.2024'],
  ['29.02.2004', 21, '01.03.2025'],
  ['29.02.1980', 45, '01.03.2025'],
  ['29.02.2000', 100, '01.03.2100'],
  ['28.02.2004', 21, '28.02.2025'],
  ['31.12.2008', 18, '31.12.2026'],
  ['01.01.2026', 0, '01.01.2026'],
])('%s plus %i years is %s', (from, years, to) => {
  expect(addYears(day(from), years)).toBe(day(to))
})

it.each([
  ['24.08.2026', 90, '22.11.2026'],
  ['28.02.2024', 1, '29.02.2024'],
  ['28.02.2026', 1, '01.03.2026'],
  ['31.12.2026', 1, '01.01.2027'],
  ['01.01.2027', -1, '31.12.2026'],
  ['28.03.2026', 2, '30.03.2026'],
])('%s plus %i days is %s', (from, days, to) => {
  expect(addDays(day(from), days)).toBe(day(to))
})

it('throws outside the supported years', () => {
  expect(() => addYears(day('31.12.9999'), 1)).toThrow(/CalendarDate: 10000-12-31/)
  expect(() => addDays(day('01.01.1900'), -1)).toThrow(/CalendarDate: 1899-12-31/)
})

it.each([
  ['2026-11-22T20:59:59Z', '22.11.2026'],
  ['2026-11-22T21:00:00Z', '23.11.2026'],
  ['2026-12-31T23:30:00Z', '01.01.2027'],
])('%s is the date %s in Moscow', (instant, date) => {
  expect(moscowDate(new Date(instant))).toBe(day(date))
  expect(formatRussianDate(moscowDate(new Date(instant)))).toBe(date)
})
