/** Names a version in a sentence. */
export function describeVersion(number: number): string {
  return `the saved version ${number}`
}

/** Why the looks of a version are not served, and what to do about it. */
export const howToServeLooks =
  'they were saved when pages did not get them. To serve them, open the form in the console, take them under "Looks", and save it'

/** The problems of a version that is served before the configuration, with what to do about them. */
export function findVersionProblems(number: number, problems: readonly string[]): readonly string[] {
  return [
    `${describeVersion(number)} goes before the configuration's definition, and does not fit it any more: save a corrected one in the console, or withdraw it`,
    ...problems,
  ]
}
