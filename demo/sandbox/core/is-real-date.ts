/** Whether a text is an existing date `dd.mm.yyyy`, in 1900 or later. */
export function isRealDate(text: string): boolean {
  const [, day, month, year] = (/^(\d\d)\.(\d\d)\.(\d{4})$/.exec(text) ?? []).map(Number)
  if (day === undefined || month === undefined || year === undefined || year < 1900) return false
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}
