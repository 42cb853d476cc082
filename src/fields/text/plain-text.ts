/** A text on one line: NFC (й is one character), no invisible characters, plain single spaces, trimmed. */
export function cleanText(text: string): string {
  return text
    .replace(/[\p{Cf}\p{Cc}\p{Cs}\ufe00-\ufe0f]/gu, (character) => (/\s/.test(character) ? ' ' : ''))
    .normalize('NFC')
    .replace(/\s+/gu, ' ')
    .trim()
}

/** Cleans words, and makes every dash a hyphen. Not NFKC, which turns № into "No" and ½ into digits. */
export function normalizeWords(text: string): string {
  return cleanText(text).replace(/[\p{Pd}\u2212]/gu, '-')
}

/** Full-width letters, digits and signs, which keyboards of Asia and some scanners write, as plain ones. */
function narrow(text: string): string {
  return text.replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
}

/**
 * Normalizes a text for parsing: as words, and full-width digits become digits. No other character becomes a digit or a
 * sign. Phones paste the invisible U+202A…U+202C around numbers.
 */
export function normalizeText(text: string): string {
  return normalizeWords(narrow(text))
}

/** The decimal digits of a text, full-width ones included. */
export function extractDigits(text: string): string {
  return narrow(text).replace(/[^0-9]/g, '')
}

/** A sign or a fraction, which is lost with the digits alone: `-5`, `1,5`, `30 000.00`. A point before three digits groups. */
export const signOrFraction = /[\p{Pd}\u2212](?=\s*\d)|,(?=\s*(?:\d|$))|\.(?!\d{3}(?!\d))/u
