import { pipe, regex, string } from 'valibot'
import type { FieldKind } from '../field-kind.ts'
import { freeText } from '../kinds/free-text.ts'
import { normalizeWords } from '../text/plain-text.ts'

/** The name of a region or city, from a list or as typed: no list has every place. */
export const placeName: FieldKind<string> = {
  ...freeText(255),
  control: 'place',
  attributes: { autoComplete: 'off', autoCapitalize: 'words', spellCheck: false },
  normalize: normalizeWords,
}

/** An id in a place list, prefixed with the list's name: `devtek:536`, `kladr:7200000100000`. A choice from a list fills it. */
export const placeId: FieldKind<string> = {
  control: 'hidden',
  attributes: {},
  schema: pipe(string('kladr-format'), regex(/^[a-z]+:\d{1,13}$/, 'kladr-format')),
  normalize: (text) => text,
  format: (id) => id,
}
