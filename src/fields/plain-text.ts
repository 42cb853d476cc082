/**
 * Text as a keyboard would have given it: compatibility forms composed (full-width digits become digits), invisible
 * marks dropped (phones paste U+202A…U+202C around numbers), every space and dash the plain one, ends trimmed.
 */
export function plainText(text: string): string {
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
export function plainWords(text: string): string {
  return text
    .replace(/\p{Cf}/gu, '')
    .normalize('NFC')
    .replace(/[\p{Pd}\u2212]/gu, '-')
    .replace(/\s+/gu, ' ')
    .trim()
}

/** The decimal digits of a text, full-width ones included. */
export function digitsOf(text: string): string {
  return text.normalize('NFKC').replace(/[^0-9]/g, '')
}
