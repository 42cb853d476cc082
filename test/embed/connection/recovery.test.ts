import { expect, it } from 'vitest'
import { askOutcome, type KnownOutcome } from '../../../src/embed/on-demand/outcome-client.ts'
import { recoverOutcome } from '../../../src/embed/on-demand/recovery.chunk.ts'

const relay = 'https://leads.example.ru/forms/main'
const identity = { id: '0199f3c2-0000-7000-8000-000000000000', key: 'AAAAAAAAAAAAAAAAAAAAAA' }

it('asks for the outcome by id, with the key in a header', async () => {
  const calls: [string, RequestInit][] = []
  await askOutcome(relay, identity, async (url, init) => {
    calls.push([url, init])
    return Response.json({ id: identity.id, outcome: 'accepted' })
  })
  expect(calls).toMatchObject([
    [
      `${relay}/leads/${identity.id}`,
      { headers: { authorization: `Bearer ${identity.key}` }, credentials: 'omit', cache: 'no-store' },
    ],
  ])
})

const error = (code: string): object => ({ error: { code, message: 'x' } })

it.each<[status: number, body: object | string, known: KnownOutcome]>([
  [200, { outcome: 'accepted' }, { outcome: 'accepted' }],
  [200, { outcome: 'duplicate' }, { outcome: 'duplicate' }],
  [200, { outcome: 'declined' }, { outcome: 'declined' }],
  [200, { outcome: 'verification' }, { outcome: 'verification' }],
  [200, { outcome: 'queued' }, { outcome: 'queued' }],
  [200, { outcome: 'queued', partial: true }, 'absent'],
  [200, { outcome: 'invalid' }, 'correct'],
  [404, error('unknown-lead'), 'absent'],
  [404, error('unknown-form'), 'closed'],
  [410, error('erased'), 'closed'],
  [409, error('key'), 'closed'],
  [403, error('origin'), 'closed'],
  [429, error('limit'), 'unreachable'],
  [503, error('not-stored'), 'unreachable'],
  [404, '<html>not found', 'unreachable'],
  [502, '<html>Bad Gateway', 'unreachable'],
  [200, '<html>log in to the network', 'unreachable'],
  [200, { outcome: 'something new' }, 'unreachable'],
])('%i %j means %j', async (status, body, known) => {
  const answer = new Response(typeof body === 'string' ? body : JSON.stringify(body), { status })
  expect(await askOutcome(relay, identity, async () => answer)).toEqual(known)
})

it('no answer is unreachable, also when it takes too long', async () => {
  expect(await askOutcome(relay, identity, () => Promise.reject(new TypeError('Failed to fetch')))).toBe(
    'unreachable',
  )
  const late = (_: string, { signal }: RequestInit) =>
    new Promise<Response>((_resolve, reject) => {
      signal?.addEventListener('abort', () => reject(new Error('late')))
    })
  expect(await askOutcome(relay, identity, late, 10)).toBe('unreachable')
})

/** Asks with these answers, of which the last one is repeated. */
async function recover(...answers: readonly [KnownOutcome, ...KnownOutcome[]]) {
  const pauses: number[] = []
  let now = 0
  let asked = 0
  let waitings = 0
  const end = await recoverOutcome(async () => answers[Math.min(asked++, answers.length - 1)] ?? 'absent', {
    async wait(ms) {
      pauses.push(ms)
      now += ms
      return true
    },
    onWaiting: () => (waitings += 1),
    now: () => now,
  })
  return { end, pauses, asked, waitings, minutes: now / 60_000 }
}

it.each<[readonly [KnownOutcome, ...KnownOutcome[]], object]>([
  [[{ outcome: 'accepted' }], { end: { outcome: 'accepted' }, asked: 1, waitings: 0 }],
  [['correct'], { end: 'correct', asked: 1 }],
  [['closed'], { end: 'closed', asked: 1 }],
  // A request that outlives its page may be on its way.
  [['absent', { outcome: 'queued' }], { end: { outcome: 'queued' }, asked: 2 }],
  [['absent'], { end: 'lost', asked: 5, waitings: 0, pauses: [2000, 4000, 8000, 11_000] }],
  [['unreachable', 'unreachable', { outcome: 'accepted' }], { asked: 3, waitings: 2, pauses: [2000, 4000] }],
  [['absent', 'unreachable', 'absent', 'unreachable', 'absent'], { end: 'lost', asked: 5, waitings: 2 }],
])('after %j it is known', async (answers, expected) => {
  expect(await recover(...answers)).toMatchObject(expected)
})

it('waits as long as a request may take, however often the browser shortens the pauses', async () => {
  let now = 0
  let asked = 0
  const end = await recoverOutcome(
    async () => {
      asked += 1
      return now < 20_000 ? 'absent' : { outcome: 'accepted' }
    },
    {
      async wait() {
        now += 1000
        return true
      },
      onWaiting: () => undefined,
      now: () => now,
    },
  )
  expect(end).toEqual({ outcome: 'accepted' })
  expect(asked).toBe(21)
})

it('asks with growing pauses, and gives up after half an hour', async () => {
  const { end, pauses, minutes } = await recover('unreachable')
  expect(end).toBe('undecided')
  expect(minutes).toBeGreaterThanOrEqual(30)
  expect(minutes).toBeLessThan(32)
  expect(Math.max(...pauses)).toBe(60_000)
})

it('ends when nobody waits for it any longer', async () => {
  const end = await recoverOutcome(async () => 'unreachable', {
    wait: async () => false,
    onWaiting: () => undefined,
    now: () => 0,
  })
  expect(end).toBeUndefined()
})
