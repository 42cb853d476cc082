import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseJson } from '../../../src/providers/core/json.ts'
import { createRelay } from '../../../src/relay/create-relay.ts'
import type { Relay, RelayOptions } from '../../../src/relay/relay-options.ts'
import { inject } from 'vitest'
import { copyDatabaseTemplate } from '../../support/database-template.ts'
import {
  copyPostgresTemplate,
  createPostgresDatabase,
  dropPostgresDatabase,
} from '../../support/postgres/databases.ts'
import { createFakeProvider } from './fake-provider.ts'
import { adminToken, env as inventedEnv, formEntry, type InventedLead, wideLimits } from './invented.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The engine of the project's databases: the embedded one unless the project says otherwise. */
    databaseEngine?: DatabaseEngine
  }
}

/** The engines that the relay's suites run on. */
export type DatabaseEngine = 'pglite' | 'postgres'

/**
 * Starts relays on databases of their own, which a test names by what `usedDatabase` and `emptyDatabase` return: a folder
 * or an address. `end` closes the relays and removes the databases.
 */
export async function createRelayFixture(engine: DatabaseEngine = inject('databaseEngine') ?? 'pglite') {
  const root = await mkdtemp(join(tmpdir(), 'anketa-relay-'))
  const relays = new Set<Relay>()
  let folders = 0

  const databases: string[] = []

  async function start(database: string, options: RelayFixtureOptions = {}) {
    const { forms = { main: formEntry() }, config = {}, env = inventedEnv, ...relayOptions } = options
    const relay = await createRelay(
      {
        database: toDatabaseOption(database),
        adminToken: { env: 'ANKETA_ADMIN_TOKEN' },
        limits: wideLimits,
        forms,
        ...config,
      },
      {
        env: { ANKETA_ADMIN_TOKEN: adminToken, ...env },
        fetch: createFakeProvider().fetch,
        ...relayOptions,
      },
    )
    relays.add(relay)
    return relay
  }

  /** A folder with a database that a relay has set up, so that a start is quick. */
  async function usedFolder(): Promise<string> {
    const folder = emptyFolder()
    await copyDatabaseTemplate(folder)
    return folder
  }

  /** A database that a relay has set up, so that a start is quick. */
  async function usedDatabase(): Promise<string> {
    return engine === 'pglite' ? usedFolder() : remember(await copyPostgresTemplate())
  }

  async function emptyDatabase(): Promise<string> {
    return engine === 'pglite' ? emptyFolder() : remember(await createPostgresDatabase())
  }

  function remember(database: string): string {
    databases.push(database)
    return database
  }

  function emptyFolder(): string {
    folders += 1
    return join(root, `folder-${folders}`)
  }

  return {
    engine,
    root,
    start,
    emptyDatabase,
    usedDatabase,
    emptyFolder,
    usedFolder,
    async end() {
      // One after the other: the queue of each gives the database its own clock back, and two at once would collide.
      for (const relay of relays) await relay.close({ graceMs: 100 })
      await Promise.all(databases.map(dropPostgresDatabase))
      await rm(root, { recursive: true, force: true })
    },
  }
}

/** The value of `database` in a configuration. */
export function toDatabaseOption(database: string): string {
  return database.startsWith('postgres:') ? database : `pglite:${database}`
}

/** Options and parts of the configuration that differ from the defaults of the fixture. */
export type RelayFixtureOptions = Partial<RelayOptions> & {
  readonly forms?: Readonly<Record<string, unknown>>
  readonly config?: Readonly<Record<string, unknown>>
}

/** Posts a lead as a page does. */
export async function postLead(relay: Relay, lead: unknown, headers: Readonly<Record<string, string>> = {}) {
  return request(relay, '/forms/main/leads', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof lead === 'string' ? lead : JSON.stringify(lead),
  })
}

/** Requests the outcome of a lead with its key. */
export async function requestOutcome(relay: Relay, { id, key }: Pick<InventedLead, 'id' | 'key'>) {
  return request(relay, `/forms/main/leads/${id}`, { headers: { authorization: `Bearer ${key}` } })
}

/** Requests the details of the relay's state, as an operator does. */
export async function requestHealth(relay: Relay) {
  return request(relay, '/healthz', { headers: { authorization: `Bearer ${adminToken}` } })
}

/** Sends a request. `body` is the parsed JSON of the response, if it is JSON. */
export async function request(relay: Relay, path: string, init: RequestInit = {}) {
  // An address of documentation (RFC 5737).
  const client = { address: '192.0.2.1' }
  const response = await relay.fetch(new Request(`https://relay.example.ru${path}`, init), client)
  const text = await response.text()
  return { status: response.status, headers: response.headers, text, body: parseJson(text) }
}
