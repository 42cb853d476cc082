/** Prefixes problems with a path: `forms.main` and `steps: expected …` become `forms.main.steps: expected …`. */
export function prefixPath(prefix: string, problems: readonly string[]): readonly string[] {
  return problems.map((problem) =>
    /^[^\s:]+: /.test(problem) ? `${prefix}.${problem}` : `${prefix}: ${problem}`,
  )
}
