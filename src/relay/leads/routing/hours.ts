import { addDays, moscowDate, moscowMidnight } from '../../../lead/calendar-date.ts'

/** Hours of a day in Moscow, as minutes after midnight. With an end before the start they pass midnight. */
export interface Hours {
  readonly from: number
  /** The first minute that does not belong to them, at most 1440. */
  readonly to: number
}

/** How hours are written. */
export const hoursPattern = /^([01]\d|2[0-3]):([0-5]\d)-(?:([01]\d|2[0-3]):([0-5]\d)|(24):(00))$/

/** Parses `09:00-21:00`; `undefined` for any other text, and for hours without a minute. */
export function parseHours(text: string): Hours | undefined {
  const found = hoursPattern.exec(text)
  if (!found) return undefined
  const [, fromHour, fromMinute, hour, minute, midnight] = found
  const from = Number(fromHour) * 60 + Number(fromMinute)
  const to = midnight === undefined ? Number(hour) * 60 + Number(minute) : 1440
  return from === to ? undefined : { from, to }
}

/** Formats hours as {@link parseHours} reads them. */
export function formatHours({ from, to }: Hours): string {
  return `${formatMinutes(from)}-${formatMinutes(to)}`
}

function formatMinutes(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
}

const minuteMs = 60_000

/** Whether an instant is within hours. */
export function isWithinHours({ from, to }: Hours, now: Date): boolean {
  const minutes = (now.getTime() - moscowMidnight(moscowDate(now)).getTime()) / minuteMs
  return from < to ? minutes >= from && minutes < to : minutes >= from || minutes < to
}

/** The next instant after `now` at which hours begin. */
export function nextOpening({ from }: Hours, now: Date): Date {
  const today = moscowMidnight(moscowDate(now)).getTime() + from * minuteMs
  return today > now.getTime() ? new Date(today) : new Date(nextMoscowDay(now).getTime() + from * minuteMs)
}

/** The instant at which the next day begins in Moscow. */
export function nextMoscowDay(now: Date): Date {
  return moscowMidnight(addDays(moscowDate(now), 1))
}
