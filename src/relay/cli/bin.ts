#!/usr/bin/env node
import { checkNodeVersion, checkPackages } from './preflight.ts'

// The relay writes personal data: only its own user may read it.
process.umask(0o077)
// Before anything that takes time. As process 1 of a container a process gets no signal that it does not handle.
const stop = new AbortController()
process.on('SIGTERM', () => stop.abort())
process.on('SIGINT', () => {
  if (stop.signal.aborted) process.exit(130)
  stop.abort()
})
const problem = checkNodeVersion(process.versions.node) ?? checkPackages((name) => import.meta.resolve(name))
if (problem === undefined) {
  // Imported after the check: these modules do not load on an older Node or without the relay's packages.
  const { runCommand } = await import('./run.ts')
  process.exitCode = await runCommand(process.argv.slice(2), {
    widgetUrl: new URL('../../anketa.js', import.meta.url),
    fetch,
    stopSignal: stop.signal,
  })
  // What other programs keep open, such as a connection, does not delay the end.
  setTimeout(() => process.exit(), 1000).unref()
} else {
  process.stderr.write(`anketa-relay: ${problem}\n`)
  process.exitCode = 1
}
