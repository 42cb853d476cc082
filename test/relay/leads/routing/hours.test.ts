import { describe, expect, it } from 'vitest'
import {
  formatHours,
  type Hours,
  isWithinHours,
  nextMoscowDay,
  nextOpening,
  parseHours,
} from '../../../../src/relay/leads/routing/hours.ts'

const moscow = (time: string) => new Date(`2026-11-22T${time}+03:00`)

function hoursOf(text: string): Hours {
  const hours = parseHours(text)
  if (!hours) throw new Error(`no hours: ${text}`)
  return hours
}

describe('hours of a day in Moscow', () => {
  it.each(['9:00-21:00', '09:00', '09:00-09:00', '25:00-01:00', '09:00-24:30', '09:60-10:00', ''])(
    'are not written as %s',
    (text) => expect(parseHours(text)).toBeUndefined(),
  )

  it.each(['09:00-21:00', '21:30-06:15', '00:00-24:00'])('are written back as %s', (text) => {
    expect(formatHours(hoursOf(text))).toBe(text)
  })

  it.each([
    ['09:00-21:00', '08:59:59.999', false],
    ['09:00-21:00', '09:00:00', true],
    ['09:00-21:00', '20:59:59.999', true],
    ['09:00-21:00', '21:00:00', false],
    ['21:00-06:00', '20:59:59', false],
    ['21:00-06:00', '21:00:00', true],
    ['21:00-06:00', '00:00:00', true],
    ['21:00-06:00', '05:59:59', true],
    ['21:00-06:00', '06:00:00', false],
    ['10:00-24:00', '23:59:59', true],
    ['10:00-24:00', '00:00:00', false],
    ['00:00-24:00', '00:00:00', true],
  ])('%s at %s', (text, time, expected) => {
    expect(isWithinHours(hoursOf(text), moscow(time))).toBe(expected)
  })

  it.each([
    ['09:00-21:00', '08:00:00', '2026-11-22T06:00:00.000Z'],
    ['09:00-21:00', '21:00:00', '2026-11-23T06:00:00.000Z'],
    ['21:00-06:00', '06:00:00', '2026-11-22T18:00:00.000Z'],
    ['01:00-02:00', '02:00:00', '2026-11-22T22:00:00.000Z'],
  ])('%s, asked at %s, begin at %s', (text, time, expected) => {
    expect(nextOpening(hoursOf(text), moscow(time)).toISOString()).toBe(expected)
  })

  it('the day begins at midnight in Moscow', () => {
    expect(nextMoscowDay(moscow('23:59:59')).toISOString()).toBe('2026-11-22T21:00:00.000Z')
    expect(nextMoscowDay(moscow('00:00:00')).toISOString()).toBe('2026-11-22T21:00:00.000Z')
  })
})
