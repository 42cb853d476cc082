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

/**
 * A text with full-width letters, digits and signs as plain ones, and without the invisible characters that phones paste
 * around numbers. No other character becomes a digit or a sign, and spaces stay what they are.
 */
export function narrowText(text: string): string {
  // Runs on every keystroke. ASCII, the usual case, needs no replacement.
  if (!/[^ -~]/.test(text)) return text
  return text
    .replace(/[\p{Cf}\ufe00-\ufe0f]/gu, '')
    .replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
}

/** Normalizes a text for parsing: narrow, and then as words. */
export function normalizeText(text: string): string {
  return normalizeWords(narrowText(text))
}

/** Makes the quotation marks of keyboards and other languages plain. « and » stay. */
export function straightenQuotes(text: string): string {
  return text.replace(/[\u201c-\u201f\u2033\u2039\u203a]/g, '"').replace(/[\u2018\u2019]/g, "'")
}

/** The decimal digits of a text, full-width ones included. */
export function extractDigits(text: string): string {
  return narrowText(text).replace(/[^0-9]/g, '')
}
