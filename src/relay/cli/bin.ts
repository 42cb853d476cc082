#!/usr/bin/env node
import { checkNodeVersion, checkPackages } from './preflight.ts'
// What the relay writes is personal data: for its own user only.
process.umask(0o077)
const problem = checkNodeVersion(process.versions.node) ?? checkPackages((name) => import.meta.resolve(name))
if (problem === undefined) {
  // Only now: what the relay imports does not load on an older Node, or is not there.
  const { runCommand } = await import('./run.ts')
  process.exitCode = await runCommand(process.argv.slice(2), {
    widgetUrl: new URL('../../anketa.js', import.meta.url),
    fetch,
  })
} else {
  process.stderr.write(`anketa-relay: ${problem}\n`)
  process.exitCode = 1
}
