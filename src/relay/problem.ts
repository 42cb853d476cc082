import { type BaseIssue, getDotPath } from 'valibot'

/** Sentences for what a schema found: the path, what was expected, and what is there unless it is a secret. */
export function problemsOf(
  issues: readonly BaseIssue<unknown>[],
  secrets: ReadonlySet<string> = new Set(),
): readonly string[] {
  return issues.map((issue) => {
    const path = getDotPath(issue) ?? ''
    const where = path === '' ? '' : `${path}: `
    if (issue.expected === 'never') return `${where}there is no such option`
    if (issue.received === 'undefined') return `${where}missing`
    const expected = issue.kind === 'schema' && issue.expected !== null ? issue.expected : issue.message
    const got = secrets.has(path) ? 'something else' : clip(issue.received)
    return `${where}expected ${expected}, got ${got}`
  })
}

/** Puts what a problem is about in front of it: `forms.main` and `steps: expected …` make `forms.main.steps: …`. */
export function within(prefix: string, problems: readonly string[]): readonly string[] {
  return problems.map((problem) =>
    /^[\w.]+: /.test(problem) ? `${prefix}.${problem}` : `${prefix}: ${problem}`,
  )
}

function clip(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}
