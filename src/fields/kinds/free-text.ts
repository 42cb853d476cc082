import type { FieldKind, InputAttributes } from '../field-kind.ts'
import { maxLengthRule, textCheck } from '../text/checks.ts'

/** Text in the person's own words, on one line, 1 to `longest` characters. */
export function freeText(longest: number, attributes: InputAttributes = {}): FieldKind<string> {
  return {
    control: longest > 255 ? 'lines' : 'text',
    attributes: { autoComplete: 'off', autoCapitalize: 'sentences', ...attributes },
    check: textCheck(
      'required',
      [/[\p{L}\p{N}\p{P}\p{S}]/u, 'required'],
      // On one line, and nothing that a database would not take.
      [/^[^\p{Cc}\p{Cs}]*$/u, 'required'],
      maxLengthRule(longest),
    ),
    normalise: (text) =>
      text
        .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, (mark) => (/\s/.test(mark) ? ' ' : ''))
        .normalize('NFC')
        .replace(/\s+/gu, ' ')
        .trim(),
    format: (text) => text,
  }
}
