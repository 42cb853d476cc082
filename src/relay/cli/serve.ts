import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { createRelay } from '../create-relay.ts'
import type { Relay } from '../relay-options.ts'
import { serveRelay, type RelayServer } from '../assembly/serve.ts'
import type { Command } from './command.ts'
import { ConfigError } from '../config/config.ts'
import { formatError } from './format-error.ts'
import { readConfigFile } from './read-config-file.ts'
import { createWatchdog } from './watchdog/watchdog.ts'

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
  stopsItself: true,

  async run({ config, options: { widget } }, { widgetUrl, fetch, stopSignal }) {
    const widgetFile =
      typeof widget === 'string' ? resolve(widget) : existsSync(widgetUrl) ? widgetUrl : undefined
    const reloads = watchReloadSignal()
    const { candidate, readText, readBytes } = await readConfigFile(config)
    const watchdog = createWatchdog()
    const relay = await createRelay(candidate, {
      fetch,
      env: process.env,
      readText,
      readBytes,
      readConfig: () => readConfigAgain(config),
      writeLog: (line) => process.stdout.write(line),
      signal: stopSignal,
      duringLongWork: watchdog.during,
      // The folder beside the sources of an unbuilt package holds no page.
      ...(existsSync(widgetUrl) ? { consoleFolder: new URL('console/', widgetUrl) } : {}),
      ...(widgetFile === undefined ? {} : { widgetFile }),
    }).catch(unlessStopped(stopSignal))
    if (!relay) return 0
    const server = await serveRelay(relay).catch(async (error: unknown) => {
      await relay.close()
      throw error
    })
    // From here on the event loop is never busy for long: a migration is over, and long work announces itself.
    watchdog.start()
    logReady(relay, server)
    // The log has the reason of a refusal.
    reloads.start(() => void relay.reload().catch(() => {}))
    await waitUntilStopped(stopSignal)
    reloads.stop()
    relay.log('info', 'Stopping')
    await server.close()
    await watchdog.stop()
    return 0
  },
}

/**
 * Watches SIGHUP, which has the configuration read again. A signal during the start counts: what it is about may have been
 * read already.
 */
function watchReloadSignal() {
  let reload: (() => void) | undefined
  let isWanted = false
  const onSignal = (): void => {
    if (reload) reload()
    else isWanted = true
  }
  process.on('SIGHUP', onSignal)
  return {
    start(run: () => void) {
      reload = run
      if (isWanted) run()
    },
    stop() {
      reload = () => {}
    },
  }
}

async function readConfigAgain(file: string): Promise<unknown> {
  try {
    return (await readConfigFile(file)).candidate
  } catch (error) {
    throw new ConfigError([formatError(error, file)])
  }
}

/** Turns an error into `undefined` if the start was stopped. */
function unlessStopped(stopSignal: AbortSignal): (error: unknown) => undefined {
  return (error) => {
    if (error === stopSignal.reason) return undefined
    throw error
  }
}

function logReady({ config, log }: Relay, { port }: RelayServer): void {
  const running = [...config.forms].filter(([, result]) => 'form' in result)
  log('info', 'Ready', { port, forms: running.map(([id]) => id).join(', ') })
}

function waitUntilStopped(stopSignal: AbortSignal): Promise<void> {
  return new Promise((resolveStop) => {
    if (stopSignal.aborted) resolveStop()
    else stopSignal.addEventListener('abort', () => resolveStop())
  })
}
