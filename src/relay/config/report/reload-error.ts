/** What has changed with a configuration. */
export interface ReloadResult {
  /** The names of its keys and of its forms: `limits`, `forms.main`. No values. */
  readonly changed: readonly string[]
}

/** Why a new configuration is refused: something in it has to be corrected, or it needs a restart. */
export type ReloadRefusal = 'config-refused' | 'needs-restart'

/** A new configuration is refused. The one before goes on. */
export class ReloadError extends Error {
  override readonly name = 'ReloadError'
  readonly code: ReloadRefusal
  readonly summary: string
  /** What to correct, in the words of `anketa-relay check`. */
  readonly problems: readonly string[]

  constructor(code: ReloadRefusal, problems: readonly string[]) {
    const summary = summaries[code]
    super(`${summary}\n${problems.map((problem) => `  ${problem}`).join('\n')}`)
    this.code = code
    this.summary = summary
    this.problems = problems
  }
}

const summaries = {
  'config-refused': 'The new configuration cannot be used, and the one before goes on.',
  'needs-restart': 'The new configuration needs a restart, and the one before goes on.',
} as const satisfies Record<ReloadRefusal, string>
