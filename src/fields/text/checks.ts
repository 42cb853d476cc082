import type { IssueCode } from '../../lead/issue.ts'

/** Result of a check: the canonical value, or why the candidate is refused. */
export type CheckResult<Value> = { readonly value: Value } | { readonly code: IssueCode }

/** A pattern or a predicate that a text must satisfy, and the code if it does not. */
type TextRule = readonly [rule: RegExp | ((text: string) => boolean), code: IssueCode]

/** Creates the check of a kind of text: `code` for a candidate of another type, otherwise that of the first broken rule. */
export function textCheck(
  code: IssueCode,
  ...rules: readonly TextRule[]
): (candidate: unknown) => CheckResult<string> {
  return (candidate) => {
    if (typeof candidate !== 'string') return { code }
    const broken = rules.find(([rule]) =>
      typeof rule === 'function' ? !rule(candidate) : !rule.test(candidate),
    )
    return broken ? { code: broken[1] } : { value: candidate }
  }
}

/** The rule for the length of a text in UTF-16 units. */
export function maxLengthRule(max: number): TextRule {
  return [(text) => text.length <= max, 'text-length']
}

/** Creates the check of a kind of whole number from `min` to `max`. */
export function wholeNumberCheck(
  min: number,
  max: number,
  code: IssueCode,
): (candidate: unknown) => CheckResult<number> {
  return (candidate) =>
    typeof candidate === 'number' && Number.isInteger(candidate) && candidate >= min && candidate <= max
      ? { value: candidate }
      : { code }
}
