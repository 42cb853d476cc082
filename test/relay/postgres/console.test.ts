import { afterAll, beforeAll, expect, it } from 'vitest'
import { createFakeLenders } from '../support/fake-lenders.ts'
import { formEntry, inventLead } from '../support/invented.ts'
import { createRelayFixture, postLead } from '../support/relay-fixture.ts'
import { askAdmin, askConsole, signIn } from '../http/console/console-client.ts'

let fixture: Awaited<ReturnType<typeof createRelayFixture>>
beforeAll(async () => {
  fixture = await createRelayFixture('postgres')
})
afterAll(() => fixture.end())

it('sends a lead once that is sent again at two relays at the same time, and signs in at both', async () => {
  const lenders = createFakeLenders()
  const database = await fixture.usedDatabase()
  const start = () =>
    fixture.start(database, {
      fetch: lenders.fetch,
      providers: lenders.providers,
      forms: { main: { ...formEntry(), destinations: [{ provider: 'lender', id: 'first', name: 'first' }] } },
    })
  const [one, other] = [await start(), await start()]
  const cookie = await signIn(one)
  expect((await askConsole(other, cookie, 'GET /admin/leads')).body).toEqual({ leads: [] })

  lenders.answer('first/create', new Response('', { status: 500 }))
  const leads = [inventLead(), inventLead(), inventLead()]
  for (const lead of leads) await postLead(one, lead)
  const statuses = async () => {
    const { leads: listed } = Object((await askConsole(other, cookie, 'GET /admin/leads')).body)
    return Array.isArray(listed) ? listed.map((lead) => Object(lead).status) : []
  }
  await expect.poll(statuses).toEqual(['uncertain', 'uncertain', 'uncertain'])
  for (const { id } of leads)
    await askAdmin(other, `POST /admin/leads/${id}/resolve`, { destination: 'first', arrived: false })
  lenders.answer('first/create', { outcome: 'accepted' })
  lenders.calls.length = 0
  await Promise.all(
    leads.flatMap(({ id }) =>
      [one, other, one, other].map((relay) => askAdmin(relay, `POST /admin/leads/${id}/retry`, {})),
    ),
  )
  await expect.poll(statuses).toEqual(['accepted', 'accepted', 'accepted'])
  expect(lenders.calls).toHaveLength(leads.length)

  expect((await askConsole(one, cookie, 'DELETE /console/session')).status).toBe(204)
  expect((await askConsole(other, cookie, 'GET /admin/leads')).status).toBe(401)
})
