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
export function missingPackages(resolve: (name: string) => unknown): string | undefined {
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
