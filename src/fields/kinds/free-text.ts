import { maxLength, pipe, regex, string } from 'valibot'
import type { FieldKind, InputAttributes } from '../field-kind.ts'
import { cleanText } from '../text/plain-text.ts'

/** Text in the person's own words, on one line, 1 to `max` characters. */
export function freeText(max: number, attributes: InputAttributes = {}): FieldKind<string> {
  return {
    control: max > 255 ? 'lines' : 'text',
    maxLength: max,
    attributes: { autoComplete: 'off', autoCapitalize: 'sentences', ...attributes },
    schema: pipe(
      string('required'),
      // A dash says nothing.
      regex(/[\p{L}\p{N}\p{S}]/u, 'required'),
      // One line, and no characters that a database refuses.
      regex(/^[^\p{Cc}\p{Cs}]*$/u, 'required'),
      maxLength(max, 'text-length'),
    ),
    normalize: cleanText,
    format: (text) => text,
  }
}
