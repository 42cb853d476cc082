import { expect, it } from 'vitest'
import { createRelayClient, type RelayClient } from '../../src/console/access/relay-client.ts'
import { createSession, type Session } from '../../src/console/access/session.ts'

const start = Date.parse('2026-11-28T09:00:00Z')

/** A session over a relay that answers about the session at once, and everything else by `answer`. */
function startSession(expiry = '2026-11-28T17:00:00Z') {
  const sent: string[] = []
  const timers = new Set<() => void>()
  let minutes = 0
  const open: ((status: number) => void)[] = []
  const client: RelayClient = createRelayClient(
    {
      relay: 'https://leads.example.ru/relay/',
      async fetch(input, init) {
        const request = new Request(input, init)
        if (!request.url.endsWith('/console/session')) {
          sent.push(`${request.method} ${new URL(request.url).pathname}`)
          const status = await new Promise<number>((resolve) => open.push(resolve))
          return Response.json({}, { status })
        }
        if (request.method !== 'POST') return new Response(null, { status: 204 })
        const body = await request.json()
        return Response.json({ ...body, role: 'work', expiresAt: expiry, idleMinutes: 30, edit: false })
      },
    },
    {
      visit: () => session.visit.value,
      touch: () => session.touch(),
      waitForSignIn: (visit) => session.waitForSignIn(visit),
    },
  )
  const session: Session = createSession(
    {
      now: () => new Date(start + minutes * 60_000),
      startTimer(_, listener) {
        timers.add(listener)
        return () => timers.delete(listener)
      },
    },
    () => client,
    () => undefined,
  )
  return {
    client,
    session,
    sent,
    signIn: (name: string) => session.signIn({ name, password: `${name}-password` }),
    /** Moves the clock, as a computer does that wakes up. */
    pass(more: number) {
      minutes += more
      const due = [...timers]
      timers.clear()
      for (const listener of due) listener()
    },
    timers,
    /** Answers the oldest request that is open. */
    async answer(status: number) {
      await expect.poll(() => open.length).toBeGreaterThan(0)
      open.shift()?.(status)
    },
  }
}

const erase = { method: 'DELETE', path: 'admin/leads/1' } as const

it('sends a request again for the same user', async () => {
  const { client, session, sent, signIn, answer } = startSession()
  await signIn('boris')
  const erased = client.request(erase)
  await answer(401)
  await expect.poll(() => session.state.value).toBe('ended')
  await signIn('boris')
  await answer(200)
  expect(await erased).toEqual({ value: {} })
  expect(sent).toHaveLength(2)
})

it('ends what waits as signed out when another user signs in', async () => {
  const { client, session, sent, signIn, answer } = startSession()
  await signIn('boris')
  const erased = client.request(erase)
  await answer(401)
  await expect.poll(() => session.state.value).toBe('ended')
  await signIn('clara')
  expect(await erased).toEqual({ failure: 'signed-out' })
  expect(sent).toHaveLength(1)
  expect(session.state.value).toBe('signed-in')
})

it('neither sends for another user, nor ends the session of that user, when an answer comes late', async () => {
  const { client, session, sent, signIn, answer } = startSession()
  await signIn('boris')
  const erased = client.request(erase)
  await session.signOut()
  await signIn('clara')
  await answer(401)
  expect(await erased).toEqual({ failure: 'signed-out' })
  expect(sent).toHaveLength(1)
  expect(session.state.value).toBe('signed-in')
})

it('ends when the relay has not answered for half an hour', async () => {
  const { client, session, signIn, answer, pass } = startSession()
  await signIn('boris')
  pass(29)
  const listed = client.request({ path: 'admin/leads' })
  await answer(200)
  await listed
  pass(29)
  expect(session.state.value).toBe('signed-in')
  pass(1)
  expect(session.state.value).toBe('ended')
  await signIn('boris')
  pass(29)
  expect(session.state.value).toBe('signed-in')
  pass(1)
  expect(session.state.value).toBe('ended')
})

it('ends at its last moment although it is used', async () => {
  const { client, session, signIn, answer, pass } = startSession('2026-11-28T09:40:00Z')
  await signIn('boris')
  pass(25)
  const listed = client.request({ path: 'admin/leads' })
  await answer(200)
  await listed
  pass(14)
  expect(session.state.value).toBe('signed-in')
  pass(1)
  expect(session.state.value).toBe('ended')
})

it('takes the word of the relay where the clock of the computer is hours ahead', async () => {
  const { session, signIn, pass } = startSession('2026-11-28T07:00:00Z')
  await signIn('boris')
  pass(29)
  expect(session.state.value).toBe('signed-in')
  pass(1)
  expect(session.state.value).toBe('ended')
})

it('looks at no clock while nobody is signed in', async () => {
  const { session, signIn, pass, timers } = startSession()
  await signIn('boris')
  expect(timers.size).toBe(1)
  await session.signOut()
  expect(timers.size).toBe(0)
  pass(60)
  expect(session.state.value).toBe('signed-out')
})
