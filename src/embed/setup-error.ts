/** Why a form cannot be shown: what its author has to mend, each problem on a line. */
export class SetupError extends Error {
  constructor(problems: readonly string[]) {
    super(problems.join('\n'))
    this.name = 'SetupError'
  }
}
