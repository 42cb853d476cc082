/**
 * The packages that only the relay needs, with their versions. `npm install anketa` does not install them for the widget.
 * They are the optional ones of `peerDependencies` in package.json.
 */
export const relayPackages = {
  '@electric-sql/pglite': '^0.5.16',
  '@hono/node-server': '^2.1.8',
  '@prometheus-io/client': '^0.16.1',
  'csv-parse': '^7.0.3',
  hono: '^4.13.19',
  pg: '^8.23.1',
  'pg-boss': '~12.35.0',
  pino: '^10.4.0',
  'rate-limiter-flexible': '^11.4.0',
  re2js: '^2.10.0',
} as const

/** Names the relay's packages that are not installed, with the command that installs them; `undefined` if all are. */
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
  const specifiers = missing.map(([name, versions]) => `"${name}@${versions}"`).join(' ')
  return `the relay needs packages that are not installed here: ${names}. Install them: npm install ${specifiers}`
}

/** The oldest supported Node (`engines` in package.json). */
const minimumNodeVersion = [22, 13] as const

/** Explains in a sentence why the relay cannot run on a version of Node; `undefined` if it can. */
export function checkNodeVersion(version: string): string | undefined {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major > minimumNodeVersion[0] || (major === minimumNodeVersion[0] && minor >= minimumNodeVersion[1]))
    return undefined
  return `the relay needs Node ${minimumNodeVersion.join('.')} or newer, and this is Node ${version}: install a newer one from https://nodejs.org.`
}
