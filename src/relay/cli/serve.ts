import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { LogFacts, LogLevel } from '../log.ts'
import { createRelay } from '../create-relay.ts'
import { serveRelay } from '../serve.ts'
import type { Command } from './command.ts'
import { readConfigFile } from './read-config-file.ts'

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

  async run({ config, options: { widget } }, { widgetUrl, fetch }) {
    const widgetFile =
      typeof widget === 'string' ? resolve(widget) : existsSync(widgetUrl) ? widgetUrl : undefined
    const { candidate, readText } = await readConfigFile(config)
    const relay = await createRelay(candidate, {
      fetch,
      env: process.env,
      readText,
      log: writeLog,
      ...(widgetFile === undefined ? {} : { widgetFile }),
    })
    const server = await serveRelay(relay).catch(async (error: unknown) => {
      await relay.close()
      throw error
    })
    const running = [...relay.config.forms].filter(([, result]) => 'form' in result)
    writeLog('info', 'Ready', { port: server.port, forms: running.map(([id]) => id).join(', ') })
    await waitForStopSignal()
    writeLog('info', 'Stopping')
    await server.close()
    return 0
  },
}

/** Resolves at the first request to stop; a second one ends the process at once, as it would without us. */
function waitForStopSignal(): Promise<void> {
  return new Promise((stop) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stop())
  })
}

function writeLog(level: LogLevel, text: string, facts: LogFacts = {}): void {
  const details = Object.entries(facts).map(([name, value]) => ` ${name}=${JSON.stringify(value)}`)
  process.stdout.write(`${new Date().toISOString()} ${level.padEnd(7)} ${text}${details.join('')}\n`)
}
