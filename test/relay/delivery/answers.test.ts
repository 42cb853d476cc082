import { setTimeout as pause } from 'node:timers/promises'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Relay } from '../../../src/relay/relay-options.ts'
import { createFakeLenders } from '../support/fake-lenders.ts'
import { formEntry, inventLead } from '../support/invented.ts'
import { openUsedDatabase, readDatabase, withDatabase } from '../support/read-database.ts'
import { createRelayFixture, postLead, requestHealth, requestOutcome } from '../support/relay-fixture.ts'
import { seed } from '../../support/random.ts'

let fixture: Awaited<ReturnType<typeof createRelayFixture>>
beforeAll(async () => {
  fixture = await createRelayFixture()
})
afterAll(() => fixture.end())

const timeout = 120_000
const rules = ['safe', 'if-not-sent'] as const

function start(database: string, lenders: ReturnType<typeof createFakeLenders>): Promise<Relay> {
  const destinations = [{ provider: 'lender', name: 'first', id: 'first' }]
  return fixture.start(database, {
    fetch: lenders.fetch,
    providers: lenders.providers,
    forms: { main: { ...formEntry(), destinations, answerWithinSeconds: 3 } },
  })
}

interface AttemptRow {
  readonly attempts: string
  readonly finished: boolean
  readonly outcome: { readonly outcome: string } | null
}

function readAttempts(database: string): Promise<readonly AttemptRow[]> {
  return readDatabase<AttemptRow>(
    database,
    `select count(*)::text as attempts, bool_and(finished_at is not null) as finished,
       (array_agg(outcome))[1] as outcome from anketa.attempts group by lead, destination`,
  )
}

/** Texts with what PostgreSQL cannot hold. */
const hostileText = fc.oneof(
  fc.constantFrom(
    '\0',
    'a\0b',
    '\ud800',
    '\udc00\ud800',
    String.raw`\u0000`,
    String.raw`\\u0000\ud83d`,
    '😀',
  ),
  fc.string({ unit: 'binary', maxLength: 20 }),
)
const hostileJson = fc.jsonValue({ stringUnit: 'binary', maxDepth: 4 })

/** Answers of a lender: outcomes with any texts in them, any JSON, any bytes, any status. */
const answer = fc.oneof(
  hostileText.map((text) => Response.json({ outcome: 'accepted', providerId: text, notices: [text] })),
  hostileText.map((text) => Response.json({ outcome: 'declined', reason: text, [text]: text })),
  hostileText.map((text) => Response.json({ outcome: 'invalid', issues: [{ field: text, message: text }] })),
  hostileText.map((text) => Response.json({ outcome: 'verification', applicationId: text })),
  hostileText.map((text) =>
    Response.json({ outcome: 'accepted', progress: [{ receiver: text, status: 'approved', orderId: text }] }),
  ),
  hostileJson.map((json) => Response.json(json)),
  fc
    .tuple(fc.uint8Array({ maxLength: 60 }), fc.constantFrom(200, 302, 400, 404, 429, 500, 503))
    .map(([bytes, status]) => new Response(Uint8Array.from(bytes), { status })),
)

describe.each(rules)('any answer of a lender whose call is %s', (retry) => {
  it('is one call with a stored outcome', { timeout }, async () => {
    const lenders = createFakeLenders({ retry })
    const database = await fixture.usedDatabase()
    const relay = await start(database, lenders)
    const sent = new Map<string, number>()
    await fc.assert(
      fc.asyncProperty(answer, async (response) => {
        lenders.answer('first/create', response)
        const before = lenders.calls.length
        const lead = inventLead()
        const { status } = await postLead(relay, lead)
        expect(status).toBeOneOf([200, 202, 422])
        expect((await requestOutcome(relay, lead)).status).toBe(200)
        sent.set(lead.id, lenders.calls.length - before)
      }),
      { seed, numRuns: 40 },
    )
    await relay.close()
    const attempts = await readAttempts(database)
    expect(new Set(sent.values())).toEqual(new Set([1]))
    expect(attempts).toHaveLength(sent.size)
    for (const { finished, outcome } of attempts) {
      expect(finished).toBe(true)
      expect(outcome?.outcome).toBeTypeOf('string')
    }
  })
})

describe.each(rules)('an outcome that the database refuses, of a call that is %s', (retry) => {
  it.each([
    ['22P05', { outcome: 'accepted', providerId: 'poison' }, 'accepted'],
    ['54001', { outcome: 'declined', reason: 'poison' }, 'declined'],
    ['P0001', { outcome: 'accepted', notices: ['poison'] }, 'accepted'],
    [
      '23514',
      { outcome: 'invalid', issues: [{ field: 'phone', message: 'poison' }] },
      retry === 'safe' ? 'unreadable' : 'uncertain',
    ],
  ])('is stored as a plain one after one call: %s', { timeout }, async (code, reply, stored) => {
    const database = await fixture.usedDatabase()
    await refuseOutcomes(database, `new.outcome::text like '%poison%'`, code)
    const lenders = createFakeLenders({ retry })
    const relay = await start(database, lenders)
    lenders.answer('first/create', reply)
    expect((await postLead(relay, inventLead())).status).toBeOneOf([200, 202])
    await relay.close()
    expect(lenders.called()).toEqual(['first/create'])
    expect(await readAttempts(database)).toMatchObject([
      { attempts: '1', finished: true, outcome: { outcome: stored } },
    ])
  })

  it(
    'is stored again, and the call is not repeated, while the database has no space',
    { timeout },
    async () => {
      const database = await fixture.usedDatabase()
      await refuseOutcomes(database, `nextval('refusals') <= 3`, '53100')
      const lenders = createFakeLenders({ retry })
      const relay = await start(database, lenders)
      lenders.answer('first/create', { outcome: 'accepted', providerId: '17' })
      expect((await postLead(relay, inventLead())).body).toMatchObject({
        outcome: 'accepted',
        providerId: '17',
      })
      await relay.close()
      expect(lenders.called()).toEqual(['first/create'])
    },
  )
})

it('an outcome that cannot be stored at all causes no other call', { timeout }, async () => {
  // At the same time, since each waits for long.
  expect(await Promise.all(rules.map(findCallsWhileNothingIsStored))).toEqual([
    { retry: 'safe', before: 1, after: 2, answer: 'accepted', statuses: ['decided'] },
    { retry: 'if-not-sent', before: 1, after: 1, answer: 'queued', statuses: ['uncertain'] },
  ])
})

/** Posts a lead whose outcome cannot be stored. Then the next process finds an attempt without an end. */
async function findCallsWhileNothingIsStored(retry: (typeof rules)[number]) {
  const database = await fixture.usedDatabase()
  await refuseOutcomes(database, 'true', '53100')
  const lenders = createFakeLenders({ retry })
  const relay = await start(database, lenders)
  const lead = inventLead()
  expect((await postLead(relay, lead)).body).toMatchObject({ outcome: 'queued' })
  // Longer than the first pause of the queue.
  await pause(12_000)
  const before = lenders.called().length
  await relay.close({ graceMs: 100 })
  await withDatabase(database, (opened) => opened.query('drop trigger refuse on anketa.deliveries'))
  const next = await start(database, lenders)
  await expect
    .poll(async () => (await requestHealth(next)).body, { timeout: 60_000 })
    .toMatchObject({ queue: { waiting: 0 } })
  const { outcome: answer } = Object((await requestOutcome(next, lead)).body)
  await next.close()
  const rows = await readDatabase<{ status: string }>(database, 'select status from anketa.deliveries')
  return { retry, before, after: lenders.called().length, answer, statuses: rows.map(({ status }) => status) }
}

/** Has the database refuse outcomes of deliveries with an error. */
async function refuseOutcomes(database: string, condition: string, code: string): Promise<void> {
  const opened = await openUsedDatabase(database)
  await opened.query('create sequence refusals')
  await opened.query(
    `create function refuse() returns trigger language plpgsql as $$ begin
       if ${condition} then raise exception 'refused' using errcode = '${code}'; end if;
       return new;
     end $$`,
  )
  await opened.query(
    `create trigger refuse before update of outcome on anketa.deliveries for each row
     when (new.outcome is not null) execute function refuse()`,
  )
  await opened.close()
}
