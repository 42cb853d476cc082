/** The Russian word form for a count: `one` for 1, 21…, `few` for 2–4, 22–24…, `many` for other numbers. */
export function pluralizeRu(count: number, one: string, few: string, many: string): string {
  const tens = count % 100
  const units = count % 10
  if (units === 1 && tens !== 11) return one
  return units >= 2 && units <= 4 && (tens < 12 || tens > 14) ? few : many
}
