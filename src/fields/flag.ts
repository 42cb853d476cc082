import type { FieldKind } from './field-kind.ts'
import type { Checked } from './text-check.ts'

/** A box to tick. Its text form is `да` or nothing. */
export const flag: FieldKind<boolean> = {
  control: 'flag',
  attributes: {},
  check: checkYesNo,
  normalise: (text) => text === 'да',
  format: (value) => (value ? 'да' : ''),
}

/** Checks yes and no. */
export function checkYesNo(candidate: unknown): Checked<boolean> {
  return typeof candidate === 'boolean' ? { value: candidate } : { code: 'choice-unknown' }
}
