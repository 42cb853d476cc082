import { expect, it } from 'vitest'
import { createRelayClient, type RelayClient } from '../../src/console/access/relay-client.ts'
import { createSession, type Session } from '../../src/console/access/session.ts'

const start = Date.parse('2026-11-28T09:00:00Z')

/** A session over a relay that answers about the session at once, and everything else by `answer`. */
function startSession(expiry = '2026-11-28T17:00:00Z') {
  const sent: string[] = []
  let heard: () => void = () => undefined
  let told = 0
  /** Whose session the browser has: in another tab it may change. */
  let cookie: { readonly id: string; readonly name: string } | undefined
  let made = 0
  const enter = (name: string) => {
    made += 1
    cookie = { id: `session ${made}`, name }
  }
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
          if (status === 200 && request.headers.get('x-anketa-session') !== cookie?.id)
            return Response.json({ error: { code: 'other-session', message: '' } }, { status: 409 })
          return Response.json({}, { status })
        }
        if (request.method === 'DELETE') {
          if (request.headers.get('x-anketa-session') !== cookie?.id)
            return Response.json({ error: { code: 'other-session', message: '' } }, { status: 409 })
          cookie = undefined
          return new Response(null, { status: 204 })
        }
        if (request.method === 'POST') enter(String((await request.json()).name))
        if (!cookie) return Response.json({ error: { code: 'no-token', message: '' } }, { status: 401 })
        return Response.json({ ...cookie, role: 'work', expiresAt: expiry, idleMinutes: 30, edit: false })
      },
    },
    {
      id: () => session.user.value?.id,
      check: () => session.check(),
      visit: () => session.visit.value,
      touch: () => session.touch(),
      waitForSignIn: (visit) => session.waitForSignIn(visit),
    },
  )
  const replaced: string[] = []
  const session: Session = createSession(
    {
      now: () => new Date(start + minutes * 60_000),
      startTimer(_, listener) {
        timers.add(listener)
        return () => timers.delete(listener)
      },
      otherTabs: {
        tell: () => void (told += 1),
        onChange: (listener) => void (heard = listener),
      },
    },
    () => client,
    { onLeave: () => undefined, onReplaced: ({ name }) => void replaced.push(name) },
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
    /** The users that another tab has signed in. */
    replaced,
    told: () => told,
    /** In another tab somebody signs in, or out. */
    elsewhere(name?: string) {
      if (name === undefined) cookie = undefined
      else enter(name)
    },
    /** The hint of another tab comes. */
    hear: () => heard(),
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

it('does nothing in the session of another user who has signed in in another tab', async () => {
  const { client, session, sent, signIn, answer, elsewhere, replaced } = startSession()
  await signIn('boris')
  elsewhere('clara')
  const erased = client.request(erase)
  await answer(200)
  expect(await erased).toEqual({ failure: 'signed-out' })
  expect(sent).toHaveLength(1)
  expect([session.state.value, session.user.value?.name, replaced]).toEqual(['signed-in', 'clara', ['clara']])
  // Signing out in this tab is for who is shown in it.
  elsewhere('boris')
  await session.signOut()
  expect([session.state.value, session.user.value?.name]).toEqual(['signed-in', 'boris'])
})

it('goes on for a user who has signed in again in another tab', async () => {
  const { client, session, sent, signIn, answer, elsewhere, replaced } = startSession()
  await signIn('boris')
  const { value: visit } = session.visit
  elsewhere('boris')
  const erased = client.request(erase)
  await answer(200)
  await answer(200)
  expect(await erased).toEqual({ value: {} })
  expect(sent).toHaveLength(2)
  expect([session.visit.value, replaced]).toEqual([visit, []])
})

it('hears of other tabs, and tells them', async () => {
  const { session, signIn, elsewhere, hear, told, replaced } = startSession()
  await signIn('boris')
  expect(told()).toBe(1)
  elsewhere()
  hear()
  await expect.poll(() => session.state.value).toBe('ended')
  elsewhere('boris')
  hear()
  await expect.poll(() => session.state.value).toBe('signed-in')
  elsewhere('clara')
  hear()
  await expect.poll(() => replaced).toEqual(['clara'])
  await session.signOut()
  expect([session.state.value, told()]).toEqual(['signed-out', 2])
  elsewhere('boris')
  hear()
  await expect.poll(() => session.user.value?.name).toBe('boris')
})

it('sends what waited for the same user who signs in again in another tab', async () => {
  const { client, session, signIn, answer, elsewhere, hear } = startSession()
  await signIn('boris')
  const erased = client.request(erase)
  await answer(401)
  await expect.poll(() => session.state.value).toBe('ended')
  elsewhere('boris')
  hear()
  await answer(200)
  expect(await erased).toEqual({ value: {} })
})
