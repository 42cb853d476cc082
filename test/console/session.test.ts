import { expect, it } from 'vitest'
import { createRelayClient, type RelayClient } from '../../src/console/access/relay-client.ts'
import { createSession, type Session } from '../../src/console/access/session.ts'

/** A session over a relay that answers about the session at once, and everything else by `answer`. */
function startSession() {
  const sent: string[] = []
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
        return Response.json({ ...body, role: 'work', expiresAt: '', idleMinutes: 30, edit: false })
      },
    },
    { visit: () => session.visit.value, waitForSignIn: (visit) => session.waitForSignIn(visit) },
  )
  const session: Session = createSession(
    () => client,
    () => undefined,
  )
  return {
    client,
    session,
    sent,
    signIn: (name: string) => session.signIn({ name, password: `${name}-password` }),
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
