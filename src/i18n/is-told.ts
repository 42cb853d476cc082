import type { IssueCode } from '../lead/issue.ts'
import { ru } from './ru.ts'

/** Whether there is a sentence for a code. The languages have the same ones, by type. */
export function isTold(code: unknown): code is IssueCode {
  return typeof code === 'string' && Object.hasOwn(ru.issues, code)
}
