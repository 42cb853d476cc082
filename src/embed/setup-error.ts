/** Why a form cannot be shown: what its author has to mend. */
export class SetupError extends Error {
  declare readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(problems.join('\n'))
    // Fields of the class would bring their own machinery into the script, for browsers that know none.
    this.problems = problems
  }
}
