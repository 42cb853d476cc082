import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Fetch } from '../../../src/delivery/send-http.ts'
import type { Relay } from '../../../src/relay/relay-options.ts'
import { formEntry, inventLead } from '../support/invented.ts'
import { createRelayFixture, postLead, request, requestHealth } from '../support/relay-fixture.ts'

const bodies: string[] = []
let answer: object = { ans: 'true' }
const fetch: Fetch = async (_, { body }) => {
  bodies.push(await new Response(body ?? null).text())
  return Response.json(answer)
}

let fixture: Awaited<ReturnType<typeof createRelayFixture>>
let relay: Relay
beforeAll(async () => {
  fixture = await createRelayFixture()
  const options = [
    { value: 1, label: 'Утром' },
    { value: 2, label: 'Вечером' },
  ]
  const { definition } = formEntry()
  const extraStep = {
    id: 'more',
    title: 'Ещё',
    fields: [
      { name: 'custom.f_7', label: 'Когда звонить', options },
      { name: 'custom.f_8', required: false },
    ],
  }
  const destination = { provider: 'fivecrm', method: 'deal', publicToken: { env: 'DEVTEK_TOKEN' } }
  relay = await fixture.start(await fixture.usedDatabase(), {
    fetch,
    forms: {
      main: {
        ...formEntry(),
        definition: { ...definition, steps: [...definition.steps, extraStep] },
        destinations: [{ ...destination, baseUrl: 'http://127.0.0.1:9' }],
      },
      broken: {
        ...formEntry(),
        definition: { ...definition, steps: [{ ...extraStep, fields: ['custom.f-7'] }] },
        destinations: [{ ...destination, method: 'form', baseUrl: 'http://127.0.0.1:9' }],
      },
    },
  })
}, 60_000)
afterAll(() => fixture.end())
beforeEach(() => {
  bodies.length = 0
  answer = { ans: 'true' }
})

const sent = (): unknown => bodies.map((body) => Object.fromEntries(new URLSearchParams(body)))

function inventWith(values: object) {
  const lead = inventLead()
  return { ...lead, values: { ...lead.values, ...values } }
}

describe('custom fields of a form for 5CRM', () => {
  it('are served, and fill the fields of the same names', async () => {
    expect((await request(relay, '/forms/main')).body).toHaveProperty('steps.3.fields.0.name', 'custom.f_7')
    const lead = inventWith({ 'custom.f_7': 2, 'custom.f_8': 'домофон 12', 'custom.f_9': 'не спрашивали' })
    expect((await postLead(relay, lead)).body).toMatchObject({ outcome: 'accepted' })
    expect(sent()).toMatchObject([{ f_7: '2', f_8: 'домофон 12' }])
    expect(bodies[0]).not.toContain('f_9')
  })

  it('are validated like any other field', async () => {
    expect(
      await postLead(relay, inventWith({ 'custom.f_7': 3, 'custom.f_8': 'Ю'.repeat(256) })),
    ).toMatchObject({
      status: 422,
      body: {
        issues: [
          { field: 'custom.f_7', code: 'choice-unknown' },
          { field: 'custom.f_8', code: 'text-length' },
        ],
      },
    })
    expect((await postLead(relay, inventLead())).body).toMatchObject({
      issues: [{ field: 'custom.f_7', code: 'required-choice' }],
    })
    expect(bodies).toEqual([])
  })

  it("get 5CRM's issues", async () => {
    answer = { ans: 'false', errors: { f_8: ['Поле закрыто.'] } }
    const lead = inventWith({ 'custom.f_7': 1, 'custom.f_8': 'x' })
    expect(await postLead(relay, lead)).toMatchObject({
      status: 422,
      body: { issues: [{ field: 'custom.f_8', message: 'Поле закрыто.' }] },
    })
  })

  it('work in a plain HTML form, whose page shows their labels', async () => {
    const fields = {
      amount: '30 000',
      lastName: 'Примеров',
      firstName: 'Иван',
      noMiddleName: 'on',
      birthDate: '31.01.1990',
      phone: '8 900 000-00-71',
      city: 'Москва',
      'consent.processing': 'on',
      'custom.f_8': ' домофон  12 ',
    }
    const send = (more: object) =>
      request(relay, '/forms/main/leads', {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ ...fields, ...more }).toString(),
      })
    expect((await send({})).text).toContain('<li>Когда звонить: Выберите один из вариантов</li>')
    expect((await send({ 'custom.f_7': '2' })).status).toBe(200)
    expect(sent()).toMatchObject([{ f_7: '2', f_8: 'домофон 12' }])
  })
})

it('a form with an invalid custom name is refused with the valid spelling', async () => {
  expect((await requestHealth(relay)).body).toMatchObject({
    forms: { main: 'ok', broken: 'refused' },
    problems: {
      broken: [expect.stringMatching(/^steps\.0\.fields\.0: expected the name of a custom field/)],
    },
  })
})
