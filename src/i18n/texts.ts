import type { FieldName } from '../fields/fields.ts'
import type { FieldIssue, IssueCode } from '../lead/issue.ts'

/** A result screen. */
export interface ResultText {
  readonly title: string
  readonly text: string
}

/** Every text that a person reads. Each locale has them all: a missing one is a type error. */
export interface Texts {
  readonly fields: Readonly<
    Record<FieldName, { readonly label: string; readonly hint?: string; readonly placeholder?: string }>
  >
  readonly issues: Readonly<Record<IssueCode, string | ((limit: string) => string)>>
  readonly results: Readonly<
    Record<'accepted' | 'duplicate' | 'declined' | 'verification' | 'queued', ResultText>
  >
  readonly consents: Readonly<Record<'processing' | 'transfer' | 'advertising', string>>
  readonly step: (index: number, total: number) => string
  readonly optional: string
  readonly next: string
  readonly back: string
  readonly submit: string
  readonly sending: string
  readonly retry: string
  readonly failed: string
  readonly cancelled: string
  readonly checkFields: (count: number) => string
  readonly provider: string
  readonly document: string
  readonly opensInNewTab: string
  readonly optionalConsent: string
  readonly operator: string
  readonly withdrawal: string
  readonly policy: string
  readonly otherPlace: string
  readonly choosePlace: string
  readonly region: string
  readonly city: string
  readonly limits: Readonly<Record<'amount' | 'termDays', (minimum: number, maximum: number) => string>>
  readonly group: (value: number) => string
}

/** The sentence for an issue: the provider's own, or the language's for the code. */
export function issueText({ code, limit, message }: Omit<FieldIssue, 'field'>, texts: Texts): string {
  if (message !== undefined) return message
  const sentence = texts.issues[code ?? 'required']
  return typeof sentence === 'string' ? sentence : sentence(limit === undefined ? '' : texts.group(limit))
}
