/**
 * The packages that only the relay needs, and in which versions: those who install `anketa` for the widget are spared
 * them. The same as the optional ones of `peerDependencies` in package.json.
 */
export const relayPackages = {
  '@electric-sql/pglite': '^0.5.16',
  '@hono/node-server': '^2.1.8',
  hono: '^4.13.19',
  'pg-boss': '~12.35.0',
  re2js: '^2.10.0',
} as const

/** Which of the relay's packages are not installed, with the command that installs them; nothing if all are. */
export function checkPackages(resolve: (name: string) => unknown): string | undefined {
  const missing = Object.entries(relayPackages).filter(([name]) => {
    try {
      resolve(name)
      return false
    } catch {
      return true
    }
  })
  if (missing.length === 0) return undefined
  const names = missing.map(([name]) => name).join(', ')
  const wanted = missing.map(([name, versions]) => `"${name}@${versions}"`).join(' ')
  return `the relay needs packages that are not installed here: ${names}. Install them: npm install ${wanted}`
}

/** The oldest Node that has all that the relay uses (`engines` in package.json). */
const minimumNodeVersion = [22, 13] as const

/** Why the relay cannot run on this version of Node, in a sentence; nothing if it can. */
export function checkNodeVersion(version: string): string | undefined {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major > minimumNodeVersion[0] || (major === minimumNodeVersion[0] && minor >= minimumNodeVersion[1]))
    return undefined
  return `the relay needs Node ${minimumNodeVersion.join('.')} or newer, and this is Node ${version}: install a newer one from https://nodejs.org.`
}
