import type { Clock } from 'pg-boss'
import type { Fetch } from '../delivery/send-http.ts'
import type { RelayConfig } from './config/config.ts'
import type { ReloadResult } from './config/report/reload-error.ts'
import type { Environment } from './config/secrets.ts'
import type { OwnProviders } from './destinations/providers.ts'
import type { Log } from './log.ts'

/** What a relay depends on. */
export interface RelayOptions {
  /**
   * Calls the providers. In place of Node's own `fetch` the relay uses a client that knows whether a request was written
   * before it failed, and gives every call a connection of its own, unless Node uses the proxy of the environment; any
   * other `fetch` is called as it is.
   */
  readonly fetch: Fetch
  /**
   * Calls the addresses that a configuration chooses freely (webhooks and the like), and must refuse private networks
   * after the name is resolved. Unless given, {@link createPublicFetch} takes the place of Node's own `fetch`; any other
   * `fetch` makes these calls itself.
   */
  readonly publicFetch?: Fetch
  /** The environment variables that hold the secrets: `process.env`. */
  readonly env: Environment
  /** Reads the files that the configuration names. Without it the configuration must contain its definitions. */
  readonly readText?: (path: string) => Promise<string>
  /**
   * Reads the configuration again (parsed JSON), for `POST /admin/reload` and `reload()` without an argument. Without it the
   * latest one is used again, with what its files hold now.
   */
  readonly readConfig?: () => Promise<unknown>
  /** Reads the images that the configuration names. Without it they are read as text, which does for SVG. */
  readonly readBytes?: (path: string) => Promise<Uint8Array>
  /** Time and timers, including those of the queue; pg-boss's `TestClock` advances them in a test. */
  readonly clock?: Clock
  /** Writes the log. Without `log` and `writeLog` there is none. */
  readonly log?: Log
  /** Receives the lines of the log in the format that the configuration names, instead of `log`. */
  readonly writeLog?: (line: string) => void
  /** Adapters of your own that a destination can name, beside those of this package. */
  readonly providers?: OwnProviders
  /** The built widget, which is served as `/anketa.js` together with the files beside it. */
  readonly widgetFile?: string | URL
  /** The folder of the built console, which is served as `/console`. */
  readonly consoleFolder?: string | URL
  /** Reads the bytes that are free on the disk of the embedded database's folder. */
  readonly readFreeBytes?: (folder: string) => number
  /** Stops the start: `createRelay` then closes what it has opened and throws the signal's reason. */
  readonly signal?: AbortSignal
  /** Runs work that may keep the event loop busy for many seconds. A watchdog can take that into account. */
  readonly duringLongWork?: <Result>(work: () => Promise<Result>) => Promise<Result>
}

/** A running relay. */
export interface Relay {
  /** The configuration that is in use. */
  readonly config: RelayConfig
  readonly log: Log
  /** The relay's routes as a Fetch API handler; `address` is the client's, if the server knows it. */
  fetch(request: Request, client?: { readonly address?: string | undefined }): Promise<Response>
  /**
   * Takes another configuration (parsed JSON), or by default reads it again. Requests and deliveries that are under way go
   * on with the one before. Throws `ReloadError` if the new one is refused, and nothing has changed then.
   */
  reload(candidate?: unknown): Promise<ReloadResult>
  /** Waits for running deliveries for up to `graceMs` (5,000), then closes queue and database. Idempotent. */
  close(options?: { readonly graceMs?: number }): Promise<void>
}
