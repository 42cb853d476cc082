import type { IssueCode } from '../lead/issue.ts'
import type { Checked } from './text-check.ts'

/** Makes the check of a kind whose values are whole numbers from `least` to `most`. */
export function wholeNumber(
  least: number,
  most: number,
  code: IssueCode,
): (candidate: unknown) => Checked<number> {
  return (candidate) =>
    typeof candidate === 'number' && Number.isInteger(candidate) && candidate >= least && candidate <= most
      ? { value: candidate }
      : { code }
}
