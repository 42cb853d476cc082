import { scryptSync } from 'node:crypto'
import { request } from '../../support/relay-fixture.ts'
import type { Relay } from '../../../../src/relay/relay-options.ts'
import { adminToken } from '../../support/invented.ts'

/** The origin of the relay in tests. */
const ownOrigin = 'https://relay.example.ru'

/** The headers of a change that comes from the console. */
export const fromConsole = { origin: ownOrigin, 'x-anketa-console': '1' } as const

/** A hash of a password that costs little, in the format of `anketa-relay password`. */
export function hashCheaply(password: string): string {
  const salt = Buffer.from('invented salt 01')
  const hash = scryptSync(password.normalize('NFKC'), salt, 32, { N: 1024, r: 8, p: 1 })
  return `scrypt$N=1024,r=8,p=1$${salt.toString('base64url')}$${hash.toString('base64url')}`
}

/** Signs in to the console, and returns the cookie; fails if the relay refuses. */
export async function signIn(relay: Relay, credentials: object = { token: adminToken }): Promise<string> {
  const response = await request(relay, '/console/session', {
    method: 'POST',
    headers: fromConsole,
    body: JSON.stringify(credentials),
  })
  if (response.status !== 200) throw new Error(`${response.status}: ${response.text}`)
  return (response.headers.get('set-cookie') ?? '').split(';', 1)[0] ?? ''
}

/** A request with the admin token. A body is sent as JSON. */
export async function askAdmin(relay: Relay, route: string, body?: unknown) {
  const [method = '', path = ''] = route.split(' ')
  return request(relay, path, {
    method,
    headers: { authorization: `Bearer ${adminToken}` },
    ...(body === undefined || method === 'GET' ? {} : { body: JSON.stringify(body) }),
  })
}

/** A request with a session's cookie, as the console makes it. */
export async function askConsole(relay: Relay, cookie: string, route: string, body?: unknown) {
  const [method = '', path = ''] = route.split(' ')
  return request(relay, path, {
    method,
    headers: { cookie, ...(method === 'GET' ? {} : fromConsole) },
    ...(body === undefined || method === 'GET' ? {} : { body: JSON.stringify(body) }),
  })
}
