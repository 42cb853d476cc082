import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { LogFacts, LogLevel } from '../log.ts'
import { createRelay } from '../relay.ts'
import { serveRelay } from '../serve.ts'
import type { Command } from './command-line.ts'
import { readConfiguration } from './read-configuration.ts'

/** Runs a relay until it is told to stop. */
export const serveCommand: Command = {
  words: [],
  usage: '--config FILE',
  summary: 'runs a relay: takes loan applications in, stores them and delivers them',
  options: {
    widget: {
      type: 'string',
      about: 'the widget to serve as /anketa.js; the built one of this package unless given',
    },
  },

  async run({ config, options: { widget } }, { built, fetch }) {
    const widgetFile = typeof widget === 'string' ? resolve(widget) : existsSync(built) ? built : undefined
    const { candidate, readText } = await readConfiguration(config)
    const relay = await createRelay(candidate, {
      fetch,
      env: process.env,
      readText,
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
  },
}

/** Resolves at the first request to stop; a second one ends the process at once, as it would without us. */
function stopSignal(): Promise<void> {
  return new Promise((stop) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stop())
  })
}

function print(level: LogLevel, text: string, facts: LogFacts = {}): void {
  const details = Object.entries(facts).map(([name, value]) => ` ${name}=${JSON.stringify(value)}`)
  process.stdout.write(`${new Date().toISOString()} ${level.padEnd(7)} ${text}${details.join('')}\n`)
}
