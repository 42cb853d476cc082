import { systemClock } from 'pg-boss'
import { type ConfigReading, readConfiguration } from './assembly/config-reading.ts'
import { createHandler } from './assembly/handler.ts'
import { openPlatform, type Platform } from './assembly/platform.ts'
import { createReloader } from './assembly/reload.ts'
import { startServices } from './assembly/services.ts'
import { openSettings, type RelaySettings } from './assembly/settings.ts'
import type { ConfigDeps } from './config/form-config.ts'
import { isNewDatabase } from './database/open-database.ts'
import { addOwnProviders } from './destinations/providers.ts'
import { createHttpClient } from './destinations/calls/http-client.ts'
import { createPublicFetch } from './destinations/public-fetch.ts'
import type { PlaceImport } from './http/admin/admin-routes.ts'
import { createLog, type Log } from './log.ts'
import type { Relay, RelayOptions } from './relay-options.ts'
import { version } from './runtime/version.ts'

/**
 * Starts a relay from its configuration (parsed JSON). Throws `ConfigError` on a configuration that cannot be used,
 * `DirectoryInUseError` if another relay uses the database's folder, `NoSpaceError` if its disk is full, and the reason of
 * an aborted `signal`.
 */
export async function createRelay(candidate: unknown, options: RelayOptions): Promise<Relay> {
  const { clock = systemClock, fetch, env, readText = rejectFileRead, readBytes, signal } = options
  // oxlint-disable-next-line no-restricted-globals -- Compared, never called.
  const isNodeFetch = fetch === globalThis.fetch
  const { publicFetch = isNodeFetch ? createPublicFetch() : fetch } = options
  // Where the environment has a proxy for Node, the operator wants calls to go through it. Only Node's own fetch does that.
  const callFetch = isNodeFetch && !usesEnvironmentProxy() ? createHttpClient() : fetch
  const sources: ConfigDeps = { env, readText, readBytes, providers: addOwnProviders(options.providers) }
  // The configuration that is in use. Everything that outlives it asks for it again.
  let reading = await readConfiguration(candidate, sources)
  const log = createRelayLog(options, () => reading)
  for (const [form, result] of reading.config.forms) {
    if ('problems' in result)
      log('error', 'A form is refused', { form, problems: result.problems.join('; ') })
  }
  signal?.throwIfAborted()
  log('info', 'Starting', { version })
  if (isNewDatabase(reading.config.database)) log('info', 'Creating the database, which takes some seconds')
  let platform: Platform | undefined
  try {
    platform = await openPlatform({
      ...options,
      fetch: callFetch,
      publicFetch,
      clock,
      log,
      reading: () => reading,
    })
    return await start(platform)
  } catch (error) {
    await platform?.close()
    if (error === signal?.reason) log('info', 'Stopped before the start was complete')
    throw error
  }

  async function start(opened: Platform): Promise<Relay> {
    let settings = await openSettings(reading, opened, sources)
    const services = await startServices(() => settings, opened)
    const reloader = createReloader({
      reading: () => reading,
      readCandidate: options.readConfig ?? (async () => reading.candidate),
      sources,
      platform: opened,
      services,
      use,
    })
    const placeImport: PlaceImport = {}
    const { duringLongWork = (work) => work() } = options
    const create = (used: RelaySettings) =>
      createHandler(used, {
        platform: opened,
        services,
        placeImport,
        reloadCheck: reloader.check,
        reload: reloader.reload,
        duringLongWork,
      })
    let handle = create(settings)
    // Last: reading a long list takes the event loop for a while.
    settings.start()

    /** Exchanges the configuration. Requests and deliveries that are under way go on with the one before. */
    function use(nextReading: ConfigReading, next: RelaySettings): void {
      const former = settings
      reading = nextReading
      settings = next
      handle = create(next)
      former.stop()
      next.start()
      const { forms } = next.config
      opened.providerClient.retain(listAccounts(forms))
    }

    let closing: Promise<void> | undefined
    async function close(graceMs: number): Promise<void> {
      reloader.close()
      settings.stop()
      opened.leadEvents.close()
      opened.providerClient.close()
      await services.stop(graceMs)
      await opened.close()
    }
    return {
      get config() {
        return reading.config
      },
      log,
      fetch: (...request) => handle(...request),
      reload: reloader.reload,
      close: ({ graceMs = 5000 } = {}) => (closing ??= close(graceMs)),
    }
  }
}

function usesEnvironmentProxy(): boolean {
  const { NODE_USE_ENV_PROXY: choice, NODE_OPTIONS: nodeOptions = '' } = process.env
  return choice === '1' || [...process.execArgv, ...nodeOptions.split(' ')].includes('--use-env-proxy')
}

/** The log in the format of the configuration that is in use. */
function createRelayLog({ log, writeLog }: RelayOptions, reading: () => ConfigReading): Log {
  if (log) return log
  if (!writeLog) return () => {}
  const logs = { text: createLog('text', writeLog), json: createLog('json', writeLog) }
  return (...line) => logs[reading().config.log](...line)
}

function listAccounts(forms: ConfigReading['config']['forms']): readonly string[] {
  return [...forms.values()].flatMap((result) =>
    'form' in result ? result.form.destinations.map(({ account }) => account.key) : [],
  )
}

function rejectFileRead(path: string): Promise<string> {
  return Promise.reject(
    new Error(
      `createRelay has no option readText, so ${path} cannot be read: pass one, or put the definition into the configuration`,
    ),
  )
}
