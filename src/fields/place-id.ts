import type { FieldKind } from './field-kind.ts'
import { textCheck } from './text-check.ts'

/** An id of a list of places, tagged by the list: `devtek:536`, `kladr:7200000100000`. A choice from the list brings it. */
export const placeId: FieldKind<string> = {
  control: 'hidden',
  attributes: {},
  check: textCheck('kladr-format', [/^[a-z]+:\d{1,13}$/, 'kladr-format']),
  normalise: (text) => text,
  format: (id) => id,
}
