import type { FieldIssue } from '../lead/issue.ts'

/** The sentence of an issue, in Russian: a provider's own if it gave one. */
export function issueMessage({ message, code }: FieldIssue): string {
  if (message !== undefined && message !== '') return message
  return code === 'required' || code === 'consent-required' ? 'Заполните это поле' : 'Проверьте это поле'
}
