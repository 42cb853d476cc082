import { integer, maxValue, minValue, number, pipe } from 'valibot'

/**
 * A whole number of something in a configuration. It always has an end: beyond it are days that no date has, timers that
 * fire at once, and sizes that no memory has.
 */
export function boundedCount(unit: string, least: number, most: number) {
  const expected = `a whole number of ${unit}, ${least} to ${most}`
  return pipe(number(), integer(expected), minValue(least, expected), maxValue(most, expected))
}

/** The longest time in days that leads are kept or looked for: a hundred years. */
export const maxDays = 36_500
