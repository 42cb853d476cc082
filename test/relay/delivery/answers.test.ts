import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Relay } from '../../../src/relay/relay-options.ts'
import { openPglite } from '../../../src/relay/database/pglite.ts'
import { createFakeLenders } from '../support/fake-lenders.ts'
import { formEntry, inventLead } from '../support/invented.ts'
import { readDatabase } from '../support/read-database.ts'
import { createRelayFixture, postLead, requestOutcome } from '../support/relay-fixture.ts'
import { seed } from '../../support/random.ts'

let fixture: Awaited<ReturnType<typeof createRelayFixture>>
beforeAll(async () => {
  fixture = await createRelayFixture()
})
afterAll(() => fixture.end())

const timeout = 120_000
const rules = ['safe', 'if-not-sent'] as const

function start(folder: string, lenders: ReturnType<typeof createFakeLenders>): Promise<Relay> {
  const destinations = [{ provider: 'lender', name: 'first', id: 'first' }]
  return fixture.start(folder, {
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

function readAttempts(folder: string): Promise<readonly AttemptRow[]> {
  return readDatabase<AttemptRow>(
    folder,
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
    const folder = await fixture.usedFolder()
    const relay = await start(folder, lenders)
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
    const attempts = await readAttempts(folder)
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
    const folder = await fixture.usedFolder()
    await refuseOutcomes(folder, `new.outcome::text like '%poison%'`, code)
    const lenders = createFakeLenders({ retry })
    const relay = await start(folder, lenders)
    lenders.answer('first/create', reply)
    expect((await postLead(relay, inventLead())).status).toBeOneOf([200, 202])
    await relay.close()
    expect(lenders.called()).toEqual(['first/create'])
    expect(await readAttempts(folder)).toMatchObject([
      { attempts: '1', finished: true, outcome: { outcome: stored } },
    ])
  })

  it(
    'is stored again, and the call is not repeated, while the database has no space',
    { timeout },
    async () => {
      const folder = await fixture.usedFolder()
      await refuseOutcomes(folder, `nextval('refusals') <= 3`, '53100')
      const lenders = createFakeLenders({ retry })
      const relay = await start(folder, lenders)
      lenders.answer('first/create', { outcome: 'accepted', providerId: '17' })
      expect((await postLead(relay, inventLead())).body).toMatchObject({
        outcome: 'accepted',
        providerId: '17',
      })
      await relay.close()
      expect(lenders.called()).toEqual(['first/create'])
    },
  )

  it('causes no other call while it cannot be stored at all', { timeout }, async () => {
    const folder = await fixture.usedFolder()
    await refuseOutcomes(folder, 'true', '53100')
    const lenders = createFakeLenders({ retry })
    const relay = await start(folder, lenders)
    const lead = inventLead()
    expect((await postLead(relay, lead)).body).toMatchObject({ outcome: 'queued' })
    // Longer than the first pause of the queue.
    await new Promise((resolve) => setTimeout(resolve, 12_000))
    expect(lenders.called()).toEqual(['first/create'])
    await relay.close({ graceMs: 100 })

    // The next process finds an attempt without an end: what may have arrived is repeated only if it may be.
    const database = await openPglite(folder, { now: Date.now() })
    await database.query('drop trigger refuse on anketa.deliveries')
    await database.close()
    const next = await start(folder, lenders)
    const expected = retry === 'safe' ? 'accepted' : 'queued'
    await expect
      .poll(async () => (await requestOutcome(next, lead)).body)
      .toMatchObject({ outcome: expected })
    await next.close()
    expect(lenders.called()).toHaveLength(retry === 'safe' ? 2 : 1)
    expect(await readDatabase(folder, 'select status from anketa.deliveries')).toEqual([
      { status: retry === 'safe' ? 'decided' : 'uncertain' },
    ])
  })
})

/** Has the database refuse outcomes of deliveries with an error. */
async function refuseOutcomes(folder: string, condition: string, code: string): Promise<void> {
  const database = await openPglite(folder, { now: Date.now() })
  await database.query('create sequence refusals')
  await database.query(
    `create function refuse() returns trigger language plpgsql as $$ begin
       if ${condition} then raise exception 'refused' using errcode = '${code}'; end if;
       return new;
     end $$`,
  )
  await database.query(
    `create trigger refuse before update of outcome on anketa.deliveries for each row
     when (new.outcome is not null) execute function refuse()`,
  )
  await database.close()
}
