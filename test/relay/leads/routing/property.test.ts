import fc from 'fast-check'
import { TestClock } from 'pg-boss'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Relay } from '../../../../src/relay/relay-options.ts'
import { seed } from '../../../support/random.ts'
import { advanceToRest } from '../../support/advance-time.ts'
import { createFakeLenders } from '../../support/fake-lenders.ts'
import { formEntry, inventLead } from '../../support/invented.ts'
import { readDatabase } from '../../support/read-database.ts'
import { createRelayFixture, request } from '../../support/relay-fixture.ts'
import {
  expectedStatus,
  findFaults,
  type ModelAnswer,
  type ModelCall,
  type ModelDestination,
  type ModelForm,
  type ModelLead,
} from './model.ts'

let fixture: Awaited<ReturnType<typeof createRelayFixture>>
beforeAll(async () => {
  fixture = await createRelayFixture()
})
afterAll(() => fixture.end())

const rarely = <Value>(values: fc.Arbitrary<Value>) => fc.option(values, { nil: undefined, freq: 2 })

const anyForm: fc.Arbitrary<ModelForm> = fc.record({
  all: fc.boolean(),
  repeats: fc.boolean(),
  destinations: fc
    .array(
      fc.record({
        atLeast: rarely(fc.constantFrom(30_000, 60_000)),
        atMost: rarely(fc.constantFrom(30_000, 60_000)),
        share: rarely(fc.constantFrom(0, 50, 100)),
        hours: rarely(fc.constantFrom([9, 21], [21, 6], [0, 12], [13, 14])),
        cap: rarely(fc.integer({ min: 1, max: 3 })),
      }),
      { minLength: 1, maxLength: 3 },
    )
    .map((list) =>
      list.map(({ hours, ...rules }, index) => ({
        ...rules,
        open: hours?.[0],
        close: hours?.[1],
        name: `d${index}`,
      })),
    ),
})

const answers: readonly ModelAnswer[] = ['accepted', 'declined', 'duplicate', 'invalid', 'uncertain']

const anyPost = fc.record({
  amount: fc.constantFrom(10_000, 40_000, 90_000),
  phone: fc.integer({ min: 10, max: 12 }),
  answers: fc.tuple(fc.constantFrom(...answers), fc.constantFrom(...answers), fc.constantFrom(...answers)),
})

/** Posts that come at once to every form, or time that passes, or a restart. */
const anyStep = fc.oneof(
  { weight: 4, arbitrary: fc.array(anyPost, { minLength: 1, maxLength: 3 }).map((posts) => ({ posts })) },
  { weight: 4, arbitrary: fc.constantFrom(5, 15, 60, 150, 420, 1440).map((minutes) => ({ minutes })) },
  { weight: 1, arbitrary: fc.constant({ restart: true as const }) },
)

const formatHour = (hour: number) => `${String(hour).padStart(2, '0')}:00`

function toDestination({ name, atLeast, atMost, share, open, close, cap }: ModelDestination): object {
  const conditions = [
    ...(atLeast === undefined ? [] : [{ field: 'amount', atLeast }]),
    ...(atMost === undefined ? [] : [{ field: 'amount', atMost }]),
  ]
  return {
    provider: 'lender',
    name,
    id: name,
    ...(conditions.length > 0 ? { when: { all: conditions } } : {}),
    ...(share === undefined ? {} : { share }),
    ...(open === undefined || close === undefined
      ? {}
      : { hours: `${formatHour(open)}-${formatHour(close)}` }),
    ...(cap === undefined ? {} : { capPerDay: cap }),
  }
}

function replyTo(answer: ModelAnswer | undefined): object | Response {
  if (answer === 'uncertain') return new Response('', { status: 500 })
  if (answer === 'invalid') return { outcome: 'invalid', issues: [{ field: 'phone', message: 'Проверьте' }] }
  return { outcome: answer }
}

/** Runs forms side by side in one relay, and compares every step with the model. */
async function run(forms: readonly ModelForm[], steps: readonly ValueOf<typeof anyStep>[]): Promise<void> {
  const clock = new TestClock(Date.parse('2026-11-22T08:00:00+03:00'))
  const folder = await fixture.usedDatabase()
  const leads: ModelLead[] = []
  const calls: ModelCall[] = []
  /** Calls after whose field error nobody waits for a correction any more. */
  const corrected = new Set<ModelCall>()
  let step = 0
  const fakes = createFakeLenders({}, () => clock.now())
  for (const name of ['d0', 'd1', 'd2']) {
    fakes.answer(`${name}/create`, ({ body, at }) => {
      const lead = leads.find(({ amount }) => amount === body['amount'])
      if (!lead) throw new Error('an unknown lead')
      calls.push({ lead, destination: name, at, step })
      return replyTo(lead.answers[name])
    })
  }
  const launch = () =>
    fixture.start(folder, {
      clock,
      fetch: fakes.fetch,
      providers: fakes.providers,
      forms: Object.fromEntries(
        forms.map((form, index) => [
          `form-${index}`,
          {
            ...formEntry(),
            delivery: form.all ? 'all' : 'first-accepted',
            destinations: form.destinations.map(toDestination),
            ...(form.repeats ? { duplicateDays: 1 } : {}),
          },
        ]),
      ),
    })
  let relay: Relay = await launch()

  async function post(index: number, { amount, phone, answers: given }: ValueOf<typeof anyPost>) {
    const invented = inventLead()
    const values = { ...invented.values, phone: `+790000000${phone}`, amount: amount + leads.length }
    const [d0, d1, d2] = given
    const lead: ModelLead = {
      id: invented.id,
      form: index,
      amount: values.amount,
      phone: values.phone,
      answers: { d0, d1, d2 },
    }
    leads.push(lead)
    await request(relay, `/forms/form-${index}/leads`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...invented, values }),
    })
  }

  /** Lets the relay work until no further call is made. The end of a correction's time is looked at every five
   * seconds, one at a time. */
  async function settle(): Promise<void> {
    const overdue = calls.filter(
      (call) =>
        call.lead.answers[call.destination] === 'invalid' &&
        clock.now() - call.at > 600_000 &&
        !corrected.has(call),
    )
    for (const call of overdue) corrected.add(call)
    for (let quiet = 0, known = -1; quiet < 4 + overdue.length; quiet += 1) {
      if (known !== calls.length) quiet = 0
      known = calls.length
      await advanceToRest(clock, 4000)
    }
  }

  for (const action of steps) {
    step += 1
    if ('posts' in action) {
      await Promise.all(forms.flatMap((_, index) => action.posts.map((one) => post(index, one))))
    } else if ('minutes' in action) {
      await advanceToRest(clock, action.minutes * 60_000)
    } else {
      await relay.close()
      relay = await launch()
    }
    await settle()
    // On a busy machine a call may come late, but a wrong one stays wrong.
    const findAll = () => findFaults(forms, leads, calls, clock.now())
    for (let more = 0; more < 5 && findAll().length > 0; more += 1) await settle()
    expect(findAll()).toEqual([])
  }
  await relay.close()
  const rows = await readDatabase<{ id: string; status: string }>(
    folder,
    'select id, status from anketa.leads',
  )
  const statuses = new Map(rows.map(({ id, status }) => [id, status]))
  const known = leads.flatMap((lead) => {
    const form = forms[lead.form]
    const status = form && expectedStatus(form, lead, leads, calls)
    return status === undefined ? [] : [{ lead, status }]
  })
  expect(known.map(({ lead }) => ({ lead, status: statuses.get(lead.id) }))).toEqual(known)
}

type ValueOf<Arbitrary> = Arbitrary extends fc.Arbitrary<infer Value> ? Value : never

it('sends each lead to the destinations that a plain model names', { timeout: 240_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyForm, { minLength: 6, maxLength: 6 }),
      fc.array(anyStep, { minLength: 6, maxLength: 10 }),
      run,
    ),
    { seed, numRuns: 4, endOnFailure: true },
  )
})
