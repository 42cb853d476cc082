/** A moment in ISO 8601 by Moscow's clock, to the second: `2026-11-22T12:00:00+03:00`. */
export function formatMoscowTime(instant: Date): string {
  const moscow = new Date(instant.getTime() + 3 * 3_600_000)
  return `${moscow.toISOString().slice(0, 19)}+03:00`
}
