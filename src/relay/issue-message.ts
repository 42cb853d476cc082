import { ru } from '../i18n/ru.ts'
import { issueText } from '../i18n/texts.ts'
import type { FieldIssue } from '../lead/issue.ts'

/** The sentence of an issue, in Russian: a provider's own if it gave one. */
export function issueMessage(issue: FieldIssue): string {
  return issueText(issue, ru)
}
