import type { IssueCode } from '../../lead/issue.ts'
/** What a candidate came to: a canonical value, or the reason why it is none. */
export type CheckResult<Value> = { readonly value: Value } | { readonly code: IssueCode }

/** A shape that a text must have, or a question that it must pass, and the reason why not. */
type TextRule = readonly [rule: RegExp | ((text: string) => boolean), code: IssueCode]

/** Makes the check of a kind whose values are texts: `code` is for what is no text, then the first rule broken counts. */
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

/** The rule that a text has at most so many characters. */
export function maxLengthRule(longest: number): TextRule {
  return [(text) => text.length <= longest, 'text-length']
}

/** Makes the check of a kind whose values are whole numbers from `least` to `most`. */
export function wholeNumberCheck(
  least: number,
  most: number,
  code: IssueCode,
): (candidate: unknown) => CheckResult<number> {
  return (candidate) =>
    typeof candidate === 'number' && Number.isInteger(candidate) && candidate >= least && candidate <= most
      ? { value: candidate }
      : { code }
}
