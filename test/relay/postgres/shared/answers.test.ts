import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Relay } from '../../../../src/relay/relay-options.ts'
import { createFakeLenders } from '../../support/fake-lenders.ts'
import { formEntry, inventLead } from '../../support/invented.ts'
import { createRelayFixture, postLead, request } from '../../support/relay-fixture.ts'
import { askAdmin, askConsole, signIn } from '../../http/console/console-client.ts'

const timeout = 120_000
let fixture: Awaited<ReturnType<typeof createRelayFixture>>
beforeAll(async () => {
  fixture = await createRelayFixture('postgres')
})
afterAll(() => fixture.end())

const accepted = { outcome: 'accepted', providerId: '7' }
const destinations = [{ provider: 'lender', name: 'first' }]

async function startTwo(answer: Parameters<ReturnType<typeof createFakeLenders>['answer']>[1], config = {}) {
  const fakes = createFakeLenders()
  fakes.answer('first/create', answer)
  const database = await fixture.usedDatabase()
  const log: string[] = []
  const start = () =>
    fixture.start(database, {
      fetch: fakes.fetch,
      providers: fakes.providers,
      forms: { main: { ...formEntry(), destinations } },
      log: (...line) => log.push(JSON.stringify(line)),
      config,
    })
  return { fakes, database, log, relays: [await start(), await start()] as const, start }
}

/** Posts at several relays in turn; returns the outcomes, and how long each took in milliseconds. */
async function postMany(relays: readonly Relay[], count: number) {
  return Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const relay = relays[index % relays.length]
      if (!relay) throw new Error('no relay')
      const started = performance.now()
      const { body } = await postLead(relay, inventLead())
      const { outcome }: { readonly outcome?: unknown } = Object(body)
      return { outcome, ms: performance.now() - started }
    }),
  )
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0
}

describe('two relays on one database', { timeout }, () => {
  it('give 60 people the answer itself, whichever relay delivers', async () => {
    const slowly = async () => {
      await new Promise((resolve) => setTimeout(resolve, 50))
      return accepted
    }
    const { relays, fakes } = await startTwo(slowly)
    const one = await postMany([relays[0]], 60)
    const both = await postMany(relays, 60)
    expect(both.map(({ outcome }) => outcome)).toEqual(both.map(() => 'accepted'))
    expect(fakes.calls).toHaveLength(120)
    const times = [one, both].map((posts) => Math.round(median(posts.map(({ ms }) => ms))))
    console.log(`60 posts, median in ms: ${times[0]} at one of two relays, ${times[1]} at both`)
  })

  it('find the answer by polling where notifications do not arrive', async () => {
    const { relays, fakes } = await startTwo(accepted)
    const lead = inventLead()
    fakes.answer('first/create', async () => {
      await new Promise((resolve) => setTimeout(resolve, 300))
      return accepted
    })
    const posts = relays.map((relay) => postLead(relay, lead))
    for (const post of posts) expect((await post).body).toMatchObject({ outcome: 'accepted' })
    expect(fakes.calls).toHaveLength(1)
  })

  it('send the same code once', async () => {
    const { relays, fakes } = await startTwo({ outcome: 'verification', applicationId: 'app-1' })
    fakes.answer('first/confirm', async () => {
      await new Promise((resolve) => setTimeout(resolve, 200))
      return accepted
    })
    for (let round = 0; round < 10; round += 1) {
      const lead = inventLead()
      expect((await postLead(relays[0], lead)).body).toMatchObject({ outcome: 'verification' })
      const before = fakes.called().filter((to) => to === 'first/confirm').length
      const answers = await Promise.all(
        relays.map((relay) =>
          request(relay, `/forms/main/leads/${lead.id}/code`, {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify({ key: lead.key, code: '1234' }),
          }),
        ),
      )
      expect(fakes.called().filter((to) => to === 'first/confirm')).toHaveLength(before + 1)
      expect(answers.map(({ body }) => Object(body).outcome)).toEqual(['accepted', 'accepted'])
    }
  })
})

it(
  'send a lead once that is sent again at both at the same time, and let a user in at both',
  { timeout },
  async () => {
    const { relays, fakes } = await startTwo(accepted)
    const [one, other] = relays
    const cookie = await signIn(one)
    expect((await askConsole(other, cookie, 'GET /admin/leads')).body).toEqual({ leads: [] })
    const choices = Object((await askConsole(other, cookie, 'GET /admin/filters')).body)
    const key = Object(choices.forms[0]).destinations[0].destination

    fakes.answer('first/create', new Response('', { status: 500 }))
    const leads = [inventLead(), inventLead(), inventLead()]
    for (const lead of leads) await postLead(one, lead)
    const statuses = async () => {
      const { leads: listed } = Object((await askConsole(other, cookie, 'GET /admin/leads')).body)
      return Array.isArray(listed) ? listed.map((lead) => Object(lead).status) : []
    }
    await expect.poll(statuses).toEqual(['uncertain', 'uncertain', 'uncertain'])
    for (const { id } of leads)
      await askAdmin(other, `POST /admin/leads/${id}/resolve`, { destination: String(key), arrived: false })
    fakes.answer('first/create', { outcome: 'accepted' })
    fakes.calls.length = 0
    await Promise.all(
      leads.flatMap(({ id }) =>
        [one, other, one, other].map((relay) => askAdmin(relay, `POST /admin/leads/${id}/retry`, {})),
      ),
    )
    await expect.poll(statuses).toEqual(['accepted', 'accepted', 'accepted'])
    expect(fakes.calls).toHaveLength(leads.length)

    expect((await askConsole(one, cookie, 'DELETE /console/session')).status).toBe(204)
    expect((await askConsole(other, cookie, 'GET /admin/leads')).status).toBe(401)
  },
)
