import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { Fetch } from '../delivery/perform.ts'
import { ConfigError } from './config.ts'
import { FolderInUse } from './folder-lock.ts'
import type { LogFacts, LogLevel } from './log.ts'
import { createRelay } from './relay.ts'
import { serveRelay } from './serve.ts'
import { version } from './version.ts'

const help = `anketa-relay ${version}: takes loan applications in, stores them and delivers them.

Usage: anketa-relay --config anketa.relay.json

  -c, --config FILE   the configuration (JSON)
      --widget FILE   the widget to serve as /anketa.js; the built one of this package unless given
  -h, --help          this text
  -v, --version       the version

Exit codes: 0 stopped on request, 1 could not start, 2 wrong arguments.
`

/**
 * The command: reads the arguments, runs a relay until it is told to stop, and returns the exit code. `built` is the
 * widget of this package, which is served if it is there; `fetch` calls the providers.
 */
export async function runCommand(built: URL, fetch: Fetch): Promise<number> {
  const options = readOptions()
  if (typeof options === 'number') return options
  const file = resolve(options.config)
  const folder = dirname(file)
  try {
    const config: unknown = JSON.parse(await readFile(file, 'utf8'))
    const widgetFile = options.widget ?? (existsSync(built) ? built : undefined)
    // Folders and files of the configuration are relative to it, wherever the relay is started from.
    process.chdir(folder)
    const relay = await createRelay(config, {
      fetch,
      env: process.env,
      readText: (path) => readFile(resolve(folder, path), 'utf8'),
      log: print,
      ...(widgetFile === undefined ? {} : { widgetFile }),
    })
    const server = await serveRelay(relay).catch(async (error: unknown) => {
      await relay.close()
      throw error
    })
    const running = [...relay.config.forms].filter(([, result]) => 'form' in result)
    print('info', 'Ready', { port: server.port, forms: running.map(([id]) => id).join(', ') })
    await stopSignal()
    print('info', 'Stopping')
    await server.close()
    return 0
  } catch (error) {
    process.stderr.write(`${explain(error, file)}\n`)
    return 1
  }
}

function readOptions(): { readonly config: string; readonly widget?: string | undefined } | number {
  try {
    const { values } = parseArgs({
      options: {
        config: { type: 'string', short: 'c' },
        widget: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean', short: 'v' },
      },
    })
    if (values.help || values.version) {
      process.stdout.write(values.help ? help : `${version}\n`)
      return 0
    }
    if (values.config !== undefined) {
      return {
        config: values.config,
        widget: values.widget === undefined ? undefined : resolve(values.widget),
      }
    }
    process.stderr.write(`anketa-relay: which configuration? --config FILE\n\n${help}`)
  } catch (error) {
    process.stderr.write(`anketa-relay: ${error instanceof Error ? error.message : String(error)}\n\n${help}`)
  }
  return 2
}

/** Resolves at the first request to stop; a second one ends the process at once, as it would without us. */
function stopSignal(): Promise<void> {
  return new Promise((stop) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stop())
  })
}

function explain(error: unknown, file: string): string {
  if (error instanceof ConfigError) return `${file}: ${error.message}`
  if (error instanceof FolderInUse) return error.message
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
    return `A file is missing: ${error.message}`
  if (error instanceof SyntaxError) return `${file} is not JSON: ${error.message}`
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')
    return `Another program listens on this port: ${error.message}`
  return `The relay could not start: ${error instanceof Error ? error.message : String(error)}`
}

function print(level: LogLevel, text: string, facts: LogFacts = {}): void {
  const details = Object.entries(facts).map(([name, value]) => ` ${name}=${JSON.stringify(value)}`)
  process.stdout.write(`${new Date().toISOString()} ${level.padEnd(7)} ${text}${details.join('')}\n`)
}
