import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { createRelay } from '../create-relay.ts'
import { serveRelay } from '../serve.ts'
import type { Command } from './command.ts'
import { readConfigFile } from './read-config-file.ts'

/** Runs a relay until the process gets a signal to stop. */
export const serveCommand: Command = {
  words: [],
  usage: '--config FILE',
  summary: 'runs a relay: receives loan applications, stores them and delivers them',
  options: {
    widget: {
      type: 'string',
      about: 'the file to serve as /anketa.js; by default the widget of this package',
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
      writeLog: (line) => process.stdout.write(line),
      ...(widgetFile === undefined ? {} : { widgetFile }),
    })
    const server = await serveRelay(relay).catch(async (error: unknown) => {
      await relay.close()
      throw error
    })
    const running = [...relay.config.forms].filter(([, result]) => 'form' in result)
    relay.log('info', 'Ready', { port: server.port, forms: running.map(([id]) => id).join(', ') })
    await waitForStopSignal()
    relay.log('info', 'Stopping')
    await server.close()
    return 0
  },
}

/** Resolves at the first signal to stop. A second signal ends the process immediately, as by default. */
function waitForStopSignal(): Promise<void> {
  return new Promise((resolveStop) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolveStop())
  })
}
