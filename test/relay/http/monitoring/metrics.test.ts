import { readFile } from 'node:fs/promises'
import { parsePrometheusTextFormat } from '../../support/prometheus-text.ts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Relay } from '../../../../src/relay/relay-options.ts'
import { createFakeLenders } from '../../support/fake-lenders.ts'
import { adminToken, formEntry, inventLead } from '../../support/invented.ts'
import { createRelayFixture, postLead, request } from '../../support/relay-fixture.ts'

const metricsToken = 'invented-metrics-token-0123456789'
const lenders = createFakeLenders()
let fixture: Awaited<ReturnType<typeof createRelayFixture>>
let relay: Relay

beforeAll(async () => {
  fixture = await createRelayFixture()
  const destinations = [{ provider: 'lender', name: 'first', id: 'first' }]
  relay = await fixture.start(await fixture.usedDatabase(), {
    env: { METRICS_TOKEN: metricsToken },
    fetch: lenders.fetch,
    providers: lenders.providers,
    config: { metricsToken: { env: 'METRICS_TOKEN' } },
    forms: { main: { ...formEntry(), answerWithinSeconds: 1, destinations } },
  })
}, 60_000)
afterAll(() => fixture.end())

const read = async (token = metricsToken) =>
  request(relay, '/metrics', { headers: { authorization: `Bearer ${token}` } })

it('are read with the admin token or the token for metrics, which reads nothing else', async () => {
  expect((await request(relay, '/metrics')).status).toBe(401)
  expect((await read('wrong')).status).toBe(403)
  expect((await read(adminToken)).status).toBe(200)
  const answer = await read()
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/)
  for (const path of ['/healthz', '/admin/places'])
    expect(
      (await request(relay, path, { headers: { authorization: `Bearer ${metricsToken}` } })).status,
    ).toBe(403)
})

it('count leads, answers and times by configured names only', { timeout: 60_000 }, async () => {
  const leads = [inventLead(), inventLead(), inventLead()]
  await postLead(relay, leads[0])
  lenders.answer('first/create', new Response('', { status: 503 }))
  await postLead(relay, leads[1])
  const [, , wrong] = leads
  await postLead(relay, { ...wrong, values: { ...wrong?.values, phone: '1' } })
  await request(relay, '/forms/SECRET1/leads', { method: 'POST', body: '{}' })
  await expect
    .poll(async () => parsePrometheusTextFormat((await read()).text).get('anketa_provider_answers_total'))
    .toHaveLength(2)
  const { text } = await read()
  const samples = parsePrometheusTextFormat(text)
  expect(samples.get('anketa_leads_total')).toEqual([
    [{ form: 'main', outcome: 'accepted' }, 1],
    [{ form: 'main', outcome: 'queued' }, 1],
    [{ form: 'main', outcome: 'invalid' }, 1],
  ])
  expect(samples.get('anketa_provider_answers_total')).toEqual([
    [{ form: 'main', destination: 'first', outcome: 'accepted', http: '2xx' }, 1],
    [{ form: 'main', destination: 'first', outcome: 'unavailable', http: '5xx' }, 1],
  ])
  expect(samples.get('anketa_intake_seconds_count')).toEqual([[{ form: 'main' }, 2]])
  expect(samples.get('anketa_delivery_seconds_count')).toEqual([[{ form: 'main', destination: 'first' }, 1]])
  expect(samples.get('anketa_queue_deliveries')).toContainEqual([
    { form: 'main', destination: 'first', state: 'waiting' },
    1,
  ])
  expect(samples.get('anketa_database_seconds_count')?.map(([labels]) => labels)).toEqual(
    expect.arrayContaining([{ kind: 'statement' }, { kind: 'transaction' }]),
  )
  expect(samples.get('anketa_health')).toEqual([[{}, 2]])
  expect(text).not.toMatch(/SECRET1|\+7900|Примеров/)
})

it('exist by every name in the dashboard and in the documentation', async () => {
  const file = new URL('../../../../docs/grafana-dashboard.json', import.meta.url)
  const dashboard: unknown = JSON.parse(await readFile(file, 'utf8'))
  const expressions = [...findTexts(dashboard, 'expr'), ...findTexts(dashboard, 'query')]
  const page = await readFile(new URL('../../../../docs/relay.md', import.meta.url), 'utf8')
  const used = new Set(
    [...expressions, page].flatMap((text) => text.match(/\b(?:anketa|nodejs|process)_\w+/g) ?? []),
  )
  expect(used.size).toBeGreaterThan(12)
  const { text } = await read()
  const types = [...text.matchAll(/^# TYPE (\w+)/gm)].map(([, name]) => name ?? '')
  const existing = new Set([...parsePrometheusTextFormat(text).keys(), ...types])
  expect([...used].filter((name) => !existing.has(name))).toEqual([])
})

/** All texts of a key, at any depth. */
function findTexts(value: unknown, key: string): readonly string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, item]) =>
    name === key && typeof item === 'string' ? [item] : findTexts(item, key),
  )
}
