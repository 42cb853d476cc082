/**
 * Text as a keyboard would have given it: compatibility forms composed (full-width digits become digits), invisible
 * marks dropped (phones paste U+202A…U+202C around numbers), every space and dash the plain one, ends trimmed.
 */
export function normaliseText(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\p{Cf}\p{Cc}]/gu, (mark) => (/\s/.test(mark) ? ' ' : ''))
    .replace(/[\p{Pd}\u2212]/gu, '-')
    .replace(/\s+/gu, ' ')
    .trim()
}

/**
 * Words as a keyboard would have given them: й in one piece, no invisible marks, plain spaces and hyphens, ends trimmed.
 * NFC, not NFKC: words have no compatibility forms, and № would come apart.
 */
export function normaliseWords(text: string): string {
  return text
    .replace(/[\p{Cf}\p{Cc}\p{Cs}]/gu, (mark) => (/\s/.test(mark) ? ' ' : ''))
    .normalize('NFC')
    .replace(/[\p{Pd}\u2212]/gu, '-')
    .replace(/\s+/gu, ' ')
    .trim()
}

/** The decimal digits of a text, full-width ones included. */
export function extractDigits(text: string): string {
  // On every keystroke: plain text, which is nearly all of it, is spared the normalisation.
  return (/[^ -~]/.test(text) ? text.normalize('NFKC') : text).replace(/[^0-9]/g, '')
}

/**
 * A sign or a fraction, which digits alone would not tell: `-5`, `1,5`, `30 000.00`. A point before three digits parts
 * groups.
 */
export const signOrFraction = /[\p{Pd}\u2212](?=\s*\d)|,(?=\s*(?:\d|$))|\.(?!\d{3}(?!\d))/u
