import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { documents, operator } from '../../../demo/documents.ts'
import { createDevtekSandbox } from '../../../demo/sandbox/devtek/sandbox.ts'
import type { Relay } from '../../../src/relay/create-relay.ts'
import { env } from '../support/invented.ts'
import { createRelayFixture, request } from '../support/relay-fixture.ts'

/** What the widget of 0.1.0 asked a relay of its time, recorded in a browser, and what that answered. */
interface Recorded {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: object
  readonly answered: {
    readonly status: number
    readonly body: { readonly providerId?: string; readonly issues?: readonly object[] }
  }
}

const landing = 'https://landing.example.ru'
const sandbox = createDevtekSandbox({
  idWebmaster: 123,
  token: env.DEVTEK_TOKEN,
  now: () => new Date(),
})
let bench: Awaited<ReturnType<typeof createRelayFixture>>
let relay: Relay

beforeAll(async () => {
  bench = await createRelayFixture()
  relay = await bench.start(await bench.usedFolder(), {
    fetch: async (url, init) => sandbox.app.request(url, init),
    forms: {
      main: {
        definition: 'microloan',
        operator,
        policyUrl: landing + documents.policy.path,
        consents: (['processing', 'transfer', 'advertising'] as const).map((id) => ({
          id,
          required: id !== 'advertising',
          documentUrl: landing + documents[id].path,
          version: '2026-09-01',
        })),
        origins: [landing],
        destinations: [
          {
            provider: 'devtek',
            idWebmaster: 123,
            token: { env: 'DEVTEK_TOKEN' },
            baseUrl: 'http://127.0.0.1:9',
          },
        ],
      },
    },
  })
}, 60_000)
afterAll(() => bench.end())

it.each(['application', 'typed-city', 'corrected'])(
  'answers what the widget of 0.1.0 asks as a relay of its time did: %s',
  async (name) => {
    const file = new URL(`../../fixtures/widget-0.1.0/${name}.json`, import.meta.url)
    const exchanges: readonly Recorded[] = JSON.parse(await readFile(file, 'utf8'))
    expect(exchanges.length).toBeGreaterThan(1)
    if (name === 'corrected') {
      const message = 'Введите правильный номер телефона'
      sandbox.change({ mode: 'field-error', fieldErrors: [{ field: 'phone', message }], times: 1 })
    }
    for (const { method, path, headers, body, answered } of exchanges) {
      const reply = await request(relay, path, {
        method,
        headers,
        ...(body ? { body: JSON.stringify(body) } : {}),
      })
      expect({ status: reply.status, body: reply.body }).toMatchObject(asFarAsItIsTheSame(answered))
      // The browser tells a request's origin where another one's page could have sent it.
      expect(reply.headers.get('access-control-allow-origin')).toBe(headers['origin'] ?? null)
    }
  },
)

/** The provider numbers each lead anew, and may have more to remark on. */
function asFarAsItIsTheSame({ status, body }: Recorded['answered']) {
  const { providerId, issues, ...same } = body
  const [number, remarks] = [expect.any(String), expect.arrayContaining([...(issues ?? [])])]
  return {
    status,
    body: { ...same, ...(providerId ? { providerId: number } : {}), ...(issues ? { issues: remarks } : {}) },
  }
}
