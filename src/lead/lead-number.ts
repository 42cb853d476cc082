/** Digits and letters that nobody takes for one another when they are read out (Crockford's Base32). */
export const leadNumberSymbols = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/**
 * The number of a lead for people, `A-7K3F`. It is derived from the random part of the lead's id, so it is the same
 * everywhere and tells nothing of how many leads there are. Two leads may have the same one.
 */
export function formatLeadNumber(id: string): string {
  // 20 bits for four symbols, and a letter before them so that nobody takes it for an amount.
  const random = Number.parseInt(id.replaceAll('-', '').slice(-7), 16)
  if (!Number.isFinite(random)) return ''
  const letters = leadNumberSymbols.slice(10)
  const digits = [0, 1, 2, 3].map((place) => leadNumberSymbols[Math.floor(random / 32 ** place) % 32])
  return `${letters[Math.floor(random / 32 ** 4) % letters.length]}-${digits.join('')}`
}
