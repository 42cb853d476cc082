import { check, type GenericSchema, number, pipe } from 'valibot'
import type { IssueCode } from '../lead/issue.ts'

/** A whole number from `least` to `most`. */
export function wholeNumber(least: number, most: number, code: IssueCode): GenericSchema<unknown, number> {
  return pipe(
    number(code),
    check((value) => Number.isInteger(value) && value >= least && value <= most, code),
  )
}
