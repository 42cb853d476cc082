/** Why a form cannot be shown: what its author has to mend. */
export class SetupError extends Error {
  declare readonly problems: readonly string[]
  /** Shows the problems on the page; returns how to take them away. There in test mode only. */
  declare readonly show: (() => () => void) | undefined

  constructor(problems: readonly string[], show?: () => () => void) {
    super(problems.join('\n'))
    // Declared fields would bring their own machinery into the script, for browsers that know none.
    this.name = 'AnketaSetupError'
    this.problems = problems
    this.show = show
  }
}
