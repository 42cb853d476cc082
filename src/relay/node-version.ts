/** The oldest Node that has all that the relay uses (`engines` in package.json). */
const oldest = [22, 13] as const

/** Why the relay cannot run on this version of Node, in a sentence; nothing if it can. */
export function nodeProblem(version: string): string | undefined {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) return undefined
  return `the relay needs Node ${oldest.join('.')} or newer, and this is Node ${version}: install a newer one from https://nodejs.org.`
}
