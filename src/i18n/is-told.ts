import type { IssueCode } from '../lead/issue.ts'
import type { FormTexts } from './texts.ts'

/** Whether a form has a sentence of its own for a code. */
export function isTold(code: unknown, { issues }: FormTexts): code is IssueCode {
  return typeof code === 'string' && Object.hasOwn(issues, code)
}
