import { afterAll, expect, it } from 'vitest'
import { object, string } from 'valibot'
import type { BaseConfig, LeadContext, Outcome, Provider } from '../../../src/relay/index.ts'
import { env, formEntry, inventLead } from '../support/invented.ts'
import { createRelayFixture, postLead, requestHealth } from '../support/relay-fixture.ts'

interface Options extends BaseConfig {
  readonly token: string
}

const own: Provider<Options> = {
  name: 'own',
  config: object({ token: string() }),
  secrets: ['token'],
  reservedParameters: [],
  parameters: () => [],
  operations: {
    create: {
      retry: 'safe',
      request: ({ token }, { lead }: LeadContext) => ({
        method: 'POST',
        url: 'https://own.example.ru/leads',
        headers: { authorization: token },
        body: JSON.stringify({ id: lead.id }),
      }),
      outcome: (result): Outcome =>
        'status' in result && result.status === 201
          ? { outcome: 'accepted' }
          : {
              outcome: 'unreadable',
              reason: 'body' in result ? `the answer was: ${result.body}` : 'no answer',
              mayHaveArrived: false,
            },
    },
  },
}

const fixture = createRelayFixture()
afterAll(async () => (await fixture).end())

it('delivers with an adapter of your own, beside those of the package', { timeout: 60_000 }, async () => {
  const { start, usedDatabase } = await fixture
  const sent: unknown[] = []
  const entry = formEntry()
  const relay = await start(await usedDatabase(), {
    providers: { own },
    env: { OWN_TOKEN: 'invented', DEVTEK_TOKEN: 'invented' },
    forms: {
      main: {
        ...entry,
        destinations: [{ provider: 'own', token: { env: 'OWN_TOKEN' } }, ...entry.destinations],
      },
    },
    fetch: async (url, init) => {
      if (!url.startsWith('https://own.')) return new Response('', { status: 503 })
      sent.push(JSON.parse(await new Response(init.body ?? null).text()))
      return new Response('', { status: 201 })
    },
  })
  const lead = inventLead()
  expect((await postLead(relay, lead)).body).toMatchObject({ outcome: 'accepted' })
  expect(sent).toEqual([{ id: lead.id }])
})

it('tells nothing of what a person has entered, although an adapter of your own does', async () => {
  const { start, usedFolder } = await fixture
  const lines: string[] = []
  const relay = await start(await usedFolder(), {
    providers: { own },
    env: { ...env, OWN_TOKEN: 'invented' },
    forms: {
      main: { ...formEntry(), destinations: [{ provider: 'own', token: { env: 'OWN_TOKEN' } }] },
    },
    log: (...line) => lines.push(JSON.stringify(line)),
    fetch: () => Promise.resolve(new Response('Примеров is not known', { status: 400 })),
  })
  expect((await postLead(relay, inventLead())).body).toMatchObject({ outcome: 'queued' })
  await expect.poll(() => lines.join()).toContain('the answer was: … is not known')
  const health = await requestHealth(relay)
  expect(health.text).toContain('the answer was: … is not known')
  expect(lines.join() + health.text).not.toContain('Примеров')
})

it('explains what is no adapter', async () => {
  const { start, emptyFolder } = await fixture
  await expect(start(emptyFolder(), { providers: { own: { name: 'own' } } })).rejects.toThrow(
    /^providers\.own: expected an adapter/,
  )
})
