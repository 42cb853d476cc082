import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Relay } from '../../src/relay/relay-options.ts'
import { createFakeLenders } from '../relay/support/fake-lenders.ts'
import { createRelayFixture } from '../relay/support/relay-fixture.ts'
import { findSnippets, loadDocsPages } from './docs-pages.ts'

const [page] = (await loadDocsPages()).filter(({ path }) => path === 'docs/relay.md')
const blocks = page ? findSnippets(page).filter(({ language }) => language === 'http') : []

/** Requests of the page, each with the answer that follows it. */
const exchanges = blocks.flatMap((block, index) => {
  const answer = blocks[index + 1]
  return block.code.startsWith('HTTP/') || !answer ? [] : [{ at: block.at, block, answer }]
})

const lenders = createFakeLenders()
let fixture: Awaited<ReturnType<typeof createRelayFixture>>
let relay: Relay

beforeAll(async () => {
  fixture = await createRelayFixture()
  const form = {
    definition: 'callback',
    partial: true,
    operator: { name: 'ООО Пример', withdrawalContact: 'dpo@example.ru' },
    policyUrl: 'https://example.ru/policy',
    consents: [
      {
        id: 'processing',
        required: true,
        documentUrl: 'https://example.ru/consent/2026-09-01.html',
        version: '2026-09-01',
      },
    ],
    origins: ['https://landing.example.ru'],
    destinations: [{ provider: 'lender', name: 'first' }],
  }
  relay = await fixture.start(fixture.emptyFolder(), {
    forms: { callback: form },
    fetch: lenders.fetch,
    providers: lenders.providers,
    config: { publicUrl: 'https://leads.example.ru' },
  })
}, 60_000)

afterAll(() => fixture.end())

it('shows requests of every kind', () => {
  expect(exchanges.length).toBeGreaterThan(6)
  expect(blocks).toHaveLength(exchanges.length * 2)
})

it.each(exchanges)('the relay answers $at as the page says', async ({ block, answer }) => {
  const request = parseMessage(block.code)
  const [method = '', path = ''] = request.start.split(' ')
  if (block.kind === 'verification') await storeLeadThatWaitsForCode(path)
  lenders.answer('first/create', { outcome: 'accepted', providerId: '999999' })
  const response = await send(method, path, request)

  const expected = parseMessage(answer.code)
  expect(response.status).toBe(Number(expected.start.split(' ')[1]))
  for (const [name, value] of expected.headers) expect(response.headers.get(name)).toBe(value)
  expect(withoutOpenParts(await response.json(), JSON.parse(expected.body))).toEqual(
    JSON.parse(expected.body),
  )
})

interface Message {
  readonly start: string
  readonly headers: readonly (readonly [string, string])[]
  readonly body: string
}

function parseMessage(code: string): Message {
  const [head = '', ...body] = code.split('\n\n')
  const [start = '', ...lines] = head.trim().split('\n')
  const headers = lines.map((line) => {
    const [name = '', ...value] = line.split(': ')
    return [name, value.join(': ')] as const
  })
  return { start, headers, body: body.join('\n\n') }
}

function send(method: string, path: string, { headers, body }: Message): Promise<Response> {
  const content = method === 'GET' ? {} : { body }
  const init = {
    method,
    headers: headers.map(([name, value]): [string, string] => [name, value]),
    ...content,
  }
  return relay.fetch(new Request(`https://leads.example.ru${encodeURI(path)}`, init))
}

/** Posts the lead of the page's first example under another id, and has the lender ask for a code. */
async function storeLeadThatWaitsForCode(path: string): Promise<void> {
  const [, id = ''] = /leads\/([\w-]+)\/code/.exec(path) ?? []
  const example = exchanges.find(({ block }) => block.kind === 'accepted')
  const message = parseMessage(example?.block.code ?? '')
  lenders.answer('first/create', { outcome: 'verification', applicationId: '1' })
  const body = JSON.stringify({ ...JSON.parse(message.body), id })
  const response = await send('POST', '/forms/callback/leads', { ...message, body })
  expect(await response.json()).toMatchObject({ outcome: 'verification' })
}

/** The answer with `…` wherever the page leaves something open. */
function withoutOpenParts(actual: unknown, expected: unknown): unknown {
  if (expected === '…' && actual !== undefined) return '…'
  if (typeof expected !== 'object' || expected === null || typeof actual !== 'object' || actual === null)
    return actual
  const shown = new Map<string, unknown>(Object.entries(expected))
  const entries = Object.entries(actual).map(([key, value]) => [key, withoutOpenParts(value, shown.get(key))])
  return Array.isArray(actual) ? entries.map(([, value]) => value) : Object.fromEntries(entries)
}
