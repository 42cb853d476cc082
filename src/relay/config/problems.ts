/** Puts what a problem is about in front of it: `forms.main` and `steps: expected …` make `forms.main.steps: …`. */
export function prefixPath(prefix: string, problems: readonly string[]): readonly string[] {
  return problems.map((problem) =>
    /^[^\s:]+: /.test(problem) ? `${prefix}.${problem}` : `${prefix}: ${problem}`,
  )
}
