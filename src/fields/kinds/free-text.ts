import type { FieldKind, InputAttributes } from '../field-kind.ts'
import { maxLengthRule, textCheck } from '../text/checks.ts'

/** Text in the person's own words, on one line, 1 to `maxLength` characters. */
export function freeText(maxLength: number, attributes: InputAttributes = {}): FieldKind<string> {
  return {
    control: maxLength > 255 ? 'lines' : 'text',
    attributes: { autoComplete: 'off', autoCapitalize: 'sentences', ...attributes },
    check: textCheck(
      'required',
      [/[\p{L}\p{N}\p{P}\p{S}]/u, 'required'],
      // One line, and no characters that a database refuses.
      [/^[^\p{Cc}\p{Cs}]*$/u, 'required'],
      maxLengthRule(maxLength),
    ),
    normalise: (text) =>
      text
        .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, (character) => (/\s/.test(character) ? ' ' : ''))
        .normalize('NFC')
        .replace(/\s+/gu, ' ')
        .trim(),
    format: (text) => text,
  }
}
