import { resolve } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { ConfigError, type RelayConfig } from '../config/config.ts'
import type { ConfigDeps } from '../config/form-config.ts'
import { listChangedParts } from '../config/report/config-parts.ts'
import { listFormProblems } from '../config/report/config-report.ts'
import { ReloadError, type ReloadResult } from '../config/report/reload-error.ts'
import { checkDataKeys, MissingKeyError } from '../database/encryption/encryption.ts'
import type { DatabaseConfig } from '../database/open-database.ts'
import type { HealthCheck } from '../http/monitoring/health-check.ts'
import { describeError } from '../log.ts'
import { type ConfigReading, readConfiguration } from './config-reading.ts'
import type { Platform } from './platform.ts'
import type { Services } from './services.ts'
import { openSettings, type RelaySettings } from './settings.ts'

/** What reloading depends on. */
export interface ReloaderDeps {
  /** The configuration that is in use. */
  readonly reading: () => ConfigReading
  /** Reads the parsed JSON of the configuration. May throw `ConfigError`. */
  readonly readCandidate: () => Promise<unknown>
  readonly sources: ConfigDeps
  readonly platform: Platform
  readonly services: Services
  /** Puts a configuration into use. Must not fail. */
  readonly use: (reading: ConfigReading, settings: RelaySettings) => void
}

/** Reads the configuration of a running relay again. */
export interface Reloader {
  /**
   * Puts a configuration into use, by default the one that is read. It is prepared as a whole beside the one that is in
   * use. Throws {@link ReloadError} if it is refused, and nothing has changed then. One reload runs at a time.
   */
  reload(candidate?: unknown): Promise<ReloadResult>
  /** Reports the latest configuration, if it was refused. */
  readonly check: HealthCheck
  /** Refuses everything from now on. */
  close(): void
}

/** Creates the reloader. */
export function createReloader(deps: ReloaderDeps): Reloader {
  const { platform, services, reading } = deps
  const { rawDatabase, log, clock } = platform
  let refused: { readonly at: Date; readonly problems: readonly string[] } | undefined
  let running: Promise<unknown> = Promise.resolve()
  let closed = false

  async function prepare(candidate: unknown): Promise<{ next: ConfigReading; settings: RelaySettings }> {
    const next = await readConfiguration(candidate, deps.sources)
    const problems = listFormProblems(next.config)
    const restarts = listRestarts(reading().config, next.config)
    if (problems.length > 0) throw new ReloadError('config-refused', [...problems, ...restarts])
    if (restarts.length > 0) throw new ReloadError('needs-restart', restarts)
    await checkDataKeys(rawDatabase, next.config.encryption)
    const settings = await openSettings(next, platform, deps.sources)
    // A saved version goes before the file, and has to fit the new destinations as the file has to.
    const saved = listFormProblems(settings.config)
    if (saved.length > 0) throw new ReloadError('config-refused', saved)
    if (closed) throw new Error('The relay was closed during the reload')
    return { next, settings }
  }

  async function run(given: unknown): Promise<ReloadResult> {
    try {
      const { next, settings } = await prepare(given ?? (await deps.readCandidate()))
      const changed = listChangedParts(reading().parts, next.parts)
      deps.use(next, settings)
      refused = undefined
      log('info', 'The configuration was read again', { changed: changed.join(', ') })
      await followUp()
      return { changed }
    } catch (error) {
      const refusal = toRefusal(error)
      const problems = refusal?.problems ?? [`it could not be taken: ${describeError(error)}`]
      refused = { at: new Date(clock.now()), problems }
      log('error', 'A new configuration is refused, and the one before goes on', {
        problems: problems.join('; '),
      })
      throw refusal ?? error
    }
  }

  /** Tells the other relays, and has what waits looked at by the new rules and keys. */
  async function followUp(): Promise<void> {
    const keys = platform.sharedKeys.show().then(() => services.privacy.wake())
    const work = [
      keys,
      platform.registry.show(),
      platform.knownDestinations.show(),
      services.delivery.reconsider(),
    ]
    for (const result of await Promise.allSettled(work)) {
      if (result.status === 'rejected')
        log('warning', 'Other relays learn of the new configuration later', {
          fault: describeError(result.reason),
        })
    }
  }

  return {
    reload(candidate) {
      const reloading = running.then(() => run(candidate))
      running = reloading.catch(() => {})
      return reloading
    },
    check: {
      name: 'reload',
      check: async () =>
        refused
          ? {
              status: 'degraded',
              reason:
                'The latest configuration is refused, and the one before goes on: see "reload", correct it and reload again.',
              facts: { refusedAt: refused.at, problems: refused.problems },
            }
          : { status: 'ok' },
    },
    close() {
      closed = true
    },
  }
}

/** What a relay says that needs a restart. */
function listRestarts(before: RelayConfig, after: RelayConfig): readonly string[] {
  const names = (['port', 'host'] as const).filter((name) => before[name] !== after[name])
  const isSameDatabase = isDeepStrictEqual(placeOf(before.database), placeOf(after.database))
  return [...names, ...(isSameDatabase ? [] : ['database'])].map((name) => `${name}: needs a restart`)
}

function placeOf(database: DatabaseConfig): DatabaseConfig {
  return database.engine === 'pglite' ? { ...database, folder: resolve(database.folder) } : database
}

function toRefusal(error: unknown): ReloadError | undefined {
  if (error instanceof ReloadError) return error
  if (error instanceof ConfigError) return new ReloadError('config-refused', error.problems)
  return error instanceof MissingKeyError ? new ReloadError('config-refused', [error.message]) : undefined
}
