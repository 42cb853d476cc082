import { hasContent } from '../core/refusals/parameter-errors.ts'
import type { OutcomeRule } from './rules.ts'

/** Answers with these statuses have no body. */
const statusesWithoutBody = [204, 205, 304]

/** Rules for answers that can never decide, and paths that can never be found. */
export function findOutcomeProblems(rules: readonly OutcomeRule[]): readonly string[] {
  return rules.flatMap((rule, index) => {
    const at = `outcomes.${index}`
    const { outcome, path, status, issues, id, reason } = rule
    const earlier = rules.slice(0, index).findIndex((other) => isCovered(rule, other))
    const paths = { path, id, reason, 'issues.path': issues?.path }
    return [
      ...(earlier >= 0 ? [`${at}: no answer gets here: the rule ${earlier} meets all of them`] : []),
      ...(path !== undefined && status?.every((each) => statusesWithoutBody.includes(each))
        ? [`${at}.path: an answer with this status has no body`]
        : []),
      ...Object.entries(paths).flatMap(([name, value]) =>
        value !== undefined && value.split('.').includes('')
          ? [`${at}.${name}: expected a path without empty names`]
          : [],
      ),
      ...(issues && outcome !== 'invalid' ? [`${at}.issues: expected only beside "outcome": "invalid"`] : []),
      ...(!issues && outcome === 'invalid'
        ? [
            `${at}.issues: missing: without it nobody learns what to correct; "declined" goes on to the next one`,
          ]
        : []),
      ...(id !== undefined && outcome !== 'accepted'
        ? [`${at}.id: expected only beside "outcome": "accepted"`]
        : []),
    ]
  })
}

/** Whether every answer that meets a rule meets the other one, too. */
function isCovered(rule: OutcomeRule, other: OutcomeRule): boolean {
  const hasStatus = !other.status || rule.status?.every((each) => other.status?.includes(each))
  if (!hasStatus) return false
  if (other.path === undefined) return true
  if (rule.path !== other.path) return false
  const values = other.oneOf?.map(String)
  // Without values any meets the rule that says something.
  if (!values) return rule.oneOf?.every((value) => hasContent(value)) ?? true
  return rule.oneOf?.every((value) => values.includes(String(value))) ?? false
}
