#!/usr/bin/env node
import { checkNodeVersion, checkPackages } from './preflight.ts'

// The relay writes personal data: only its own user may read it.
process.umask(0o077)
const problem = checkNodeVersion(process.versions.node) ?? checkPackages((name) => import.meta.resolve(name))
if (problem === undefined) {
  // Imported after the check: these modules do not load on an older Node or without the relay's packages.
  const { runCommand } = await import('./run.ts')
  process.exitCode = await runCommand(process.argv.slice(2), {
    widgetUrl: new URL('../../anketa.js', import.meta.url),
    fetch,
  })
} else {
  process.stderr.write(`anketa-relay: ${problem}\n`)
  process.exitCode = 1
}
