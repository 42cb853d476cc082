/**
 * Normalises a text for parsing: NFKC (full-width digits become digits), no invisible characters (phones paste
 * U+202A…U+202C around numbers), plain spaces and hyphens, trimmed.
 */
export function normaliseText(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\p{Cf}\p{Cc}]/gu, (character) => (/\s/.test(character) ? ' ' : ''))
    .replace(/[\p{Pd}\u2212]/gu, '-')
    .replace(/\s+/gu, ' ')
    .trim()
}

/**
 * Normalises words: NFC (й is one character), no invisible characters, plain spaces and hyphens, trimmed. Not NFKC, which
 * turns № into "No".
 */
export function normaliseWords(text: string): string {
  return text
    .replace(/[\p{Cf}\p{Cc}\p{Cs}]/gu, (character) => (/\s/.test(character) ? ' ' : ''))
    .normalize('NFC')
    .replace(/[\p{Pd}\u2212]/gu, '-')
    .replace(/\s+/gu, ' ')
    .trim()
}

/** The decimal digits of a text, full-width ones included. */
export function extractDigits(text: string): string {
  // Runs on every keystroke. ASCII, the usual case, needs no normalisation.
  return (/[^ -~]/.test(text) ? text.normalize('NFKC') : text).replace(/[^0-9]/g, '')
}

/** A sign or a fraction, which is lost with the digits alone: `-5`, `1,5`, `30 000.00`. A point before three digits groups. */
export const signOrFraction = /[\p{Pd}\u2212](?=\s*\d)|,(?=\s*(?:\d|$))|\.(?!\d{3}(?!\d))/u
