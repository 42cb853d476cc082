import type { FieldKind } from './field-kind.ts'
import { freeText } from './free-text.ts'
import { plainWords } from './plain-text.ts'

/** The name of a region or of a city: from a list, or any other as typed, for no list knows every place. */
export const placeName: FieldKind<string> = {
  ...freeText(255),
  control: 'place',
  attributes: { autoComplete: 'off', autoCapitalize: 'words', spellCheck: false },
  normalise: plainWords,
}
