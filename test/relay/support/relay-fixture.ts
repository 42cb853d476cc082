import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRelay, type Relay, type RelayOptions } from '../../../src/relay/create-relay.ts'
import { createFakeProvider } from './fake-provider.ts'
import { env, formEntry, type InventedLead } from './invented.ts'

/** Relays in folders of their own, which vanish with the bench. */
export async function createRelayFixture() {
  const root = await mkdtemp(join(tmpdir(), 'anketa-relay-'))
  const relays = new Set<Relay>()
  let folders = 0
  let template: Promise<string> | undefined

  async function start(folder: string, options: RelayFixtureOptions = {}) {
    const { forms = { main: formEntry() }, config = {}, ...ports } = options
    const relay = await createRelay(
      { database: `pglite:${folder}`, forms, ...config },
      {
        env,
        fetch: createFakeProvider().fetch,
        ...ports,
      },
    )
    relays.add(relay)
    return relay
  }

  /** A folder where a relay has been before, so that starts are quick. */
  async function usedFolder(): Promise<string> {
    template ??= (async () => {
      const made = emptyFolder()
      await (await start(made)).close()
      return made
    })()
    const folder = emptyFolder()
    await cp(await template, folder, { recursive: true })
    return folder
  }

  function emptyFolder(): string {
    folders += 1
    return join(root, `folder-${folders}`)
  }

  return {
    root,
    start,
    emptyFolder,
    usedFolder,
    async end() {
      await Promise.all([...relays].map((relay) => relay.close({ graceMs: 100 })))
      await rm(root, { recursive: true, force: true })
    },
  }
}

/** Ports and parts of the configuration that a test wants otherwise. */
export type RelayFixtureOptions = Partial<RelayOptions> & {
  readonly forms?: Readonly<Record<string, unknown>>
  readonly config?: Readonly<Record<string, unknown>>
}

/** Posts a lead as a page would. */
export async function postLead(relay: Relay, lead: unknown, headers: Readonly<Record<string, string>> = {}) {
  return request(relay, '/forms/main/leads', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof lead === 'string' ? lead : JSON.stringify(lead),
  })
}

/** Asks for a lead's outcome with its key. */
export async function requestOutcome(relay: Relay, { id, key }: Pick<InventedLead, 'id' | 'key'>) {
  return request(relay, `/forms/main/leads/${id}`, { headers: { authorization: `Bearer ${key}` } })
}

/** Sends a request; the body comes read, as JSON where it is. */
export async function request(relay: Relay, path: string, init: RequestInit = {}) {
  const { status, headers, text } = await exchange(relay, path, init)
  return { status, headers, text, body: parse(text) }
}

async function exchange(relay: Relay, path: string, init: RequestInit) {
  const response = await relay.fetch(new Request(`https://relay.example.ru${path}`, init))
  return { status: response.status, headers: response.headers, text: await response.text() }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
