import { createChallenge, verifySolution } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Fetch } from '../../src/delivery/send-http.ts'
import { fetchDefinition } from '../../src/delivery/relay-client.ts'
import { createRelayDelivery } from '../../src/delivery/relay-delivery.chunk.ts'
import * as requests from '../../src/delivery/relay-requests.ts'
import { isIssueCode } from '../../src/lead/issue.ts'
import { inventedLead } from '../lead/invented-lead.ts'

const relay = 'https://leads.example.ru/forms/main'
const calls: { url: string; init: RequestInit }[] = []

beforeEach(() => {
  calls.length = 0
})

/** The answer to a request; `nothing` means that `fetch` rejects. */
type Reply = readonly [status: number, body: string] | 'nothing'

/** Creates a fetch with some answers in order; the last one is repeated. */
function createFetch(...answers: readonly Reply[]): Fetch {
  return async (url, init) => {
    calls.push({ url, init })
    const answer = answers[calls.length - 1] ?? answers.at(-1) ?? 'nothing'
    if (answer === 'nothing') throw new TypeError('Failed to fetch')
    const [status, body] = answer
    return new Response(body, { status })
  }
}

/** The body of a request, by its index. */
function bodyOf(call: number): string {
  const body = calls[call]?.init.body
  return typeof body === 'string' ? body : ''
}

/** Creates the delivery through a relay. */
const delivery = (fetch: Fetch, url = relay, timeoutMs?: number) =>
  createRelayDelivery(url, { fetch, requests, isIssueCode }, timeoutMs)

/** Sends a lead that gets an answer. */
const send = (status: number, body: unknown) =>
  delivery(createFetch([status, typeof body === 'string' ? body : JSON.stringify(body)])).send(inventedLead)

describe('the request', () => {
  it('is a simple CORS request with keepalive, and holds the whole lead', async () => {
    await send(200, { outcome: 'accepted' })
    expect(calls).toMatchObject([
      {
        url: `${relay}/leads`,
        init: {
          method: 'POST',
          headers: { 'content-type': 'text/plain;charset=UTF-8' },
          keepalive: true,
          credentials: 'omit',
        },
      },
    ])
    expect(JSON.parse(bodyOf(0))).toEqual(inventedLead)
    expect(calls[0]?.init.signal).toBeInstanceOf(AbortSignal)
  })

  it('has no double slash', async () => {
    await delivery(createFetch([200, '{}']), `${relay}//`).send(inventedLead)
    expect(calls[0]?.url).toBe(`${relay}/leads`)
  })
})

describe('a lead that is one too many', () => {
  const limited = (headers: Readonly<Record<string, string>>): Fetch => {
    return async (url, init) => {
      calls.push({ url, init })
      return Response.json({ error: { code: 'limit', message: 'too much' } }, { status: 429, headers })
    }
  }

  it.each([
    ['30', 30],
    ['1', 1],
    ['0.2', 1],
    ['0', undefined],
    ['86400', undefined],
    ['-5', undefined],
    ['Sun, 22 Nov 2026 09:00:00 GMT', undefined],
  ])('with Retry-After %s can be sent again after %s seconds', async (header, seconds) => {
    const result = await delivery(limited({ 'retry-after': header })).send(inventedLead)
    expect(result).toEqual({
      outcome: 'failed',
      code: 'status-429',
      ...(seconds === undefined ? {} : { retryAfterSeconds: seconds }),
    })
    // Sending it at once would be one more.
    expect(calls).toHaveLength(1)
  })

  it('without Retry-After is a failure', async () => {
    expect(await delivery(limited({})).send(inventedLead)).toEqual({ outcome: 'failed', code: 'status-429' })
  })
})

describe('the number of a lead', () => {
  it.each([
    ['A-7K3F', 'A-7K3F'],
    [undefined, undefined],
    [7, undefined],
    ['', undefined],
    ['<b>A-7K3F</b>', undefined],
    ['A'.repeat(21), undefined],
  ])('%j is shown as %j', async (number, shown) => {
    expect(await send(200, { outcome: 'accepted', number })).toStrictEqual({
      outcome: 'accepted',
      ...(shown === undefined ? {} : { number: shown }),
    })
  })
})

describe('a lead that the relay asks to solve a challenge for', () => {
  const asked = [429, JSON.stringify({ error: { code: 'challenge', message: 'solve it' } })] as const
  const accepted = [200, JSON.stringify({ outcome: 'accepted' })] as const
  const challenge = () =>
    createChallenge({
      algorithm: 'PBKDF2/SHA-256',
      cost: 10,
      counter: 20,
      deriveKey,
      hmacSignatureSecret: 'invented',
    }).then((content) => [200, JSON.stringify(content)] as const)

  beforeEach(() => {
    vi.stubGlobal('isSecureContext', true)
  })
  afterEach(() => {
    vi.unstubAllGlobals()
  })

  it('is sent again with the solution, under the same id and key', async () => {
    const result = await delivery(createFetch(asked, await challenge(), accepted), `${relay}/`).send(
      inventedLead,
    )
    expect(result).toEqual({ outcome: 'accepted' })
    expect(calls.map(({ url }) => url)).toEqual([`${relay}/leads`, `${relay}/challenge`, `${relay}/leads`])
    const { challenge: payload, ...lead } = JSON.parse(bodyOf(2))
    expect(lead).toEqual(inventedLead)
    const { challenge: solved, solution } = JSON.parse(atob(payload))
    expect(
      await verifySolution({ challenge: solved, solution, deriveKey, hmacSignatureSecret: 'invented' }),
    ).toMatchObject({ verified: true })
  })

  it('is not sent a third time if the relay asks again', async () => {
    const result = await delivery(createFetch(asked, await challenge(), asked)).send(inventedLead)
    expect(result).toEqual({ outcome: 'failed', code: 'status-429' })
    expect(calls).toHaveLength(3)
  })

  it.each<readonly [string, readonly Reply[]]>([
    ['there is none', [[503, '{}']]],
    ['it is not one', [[200, '{"parameters":{}}']]],
    ['it is not JSON', [[200, '<html>']]],
    ['nothing answers', ['nothing']],
  ])('fails if %s', async (_, answers) => {
    const result = await delivery(createFetch(asked, ...answers)).send(inventedLead)
    expect(result).toEqual({ outcome: 'failed', code: 'status-429' })
    expect(calls).toHaveLength(2)
  })

  it('fails on a page without a secure context, which has no WebCrypto', async () => {
    vi.stubGlobal('isSecureContext', false)
    expect(await delivery(createFetch(asked)).send(inventedLead)).toEqual({
      outcome: 'failed',
      code: 'status-429',
    })
    expect(calls).toHaveLength(1)
  })
})

describe('an answer', () => {
  it.each([
    [200, 'accepted'],
    [200, 'duplicate'],
    [200, 'declined'],
    [200, 'verification'],
    [202, 'queued'],
  ])('%i %s is returned', async (status, outcome) => {
    expect(await send(status, { id: inventedLead.id, outcome, providerId: '999999' })).toEqual({ outcome })
    expect(calls).toHaveLength(1)
  })

  it('has the issues of fields', async () => {
    const issues = [
      { field: 'amount', code: 'amount-minimum', limit: 1000 },
      { field: 'phone', message: 'Введите правильный номер' },
      { field: 'email', code: 'a-code-of-a-newer-relay', message: 'Новое' },
      { field: '', more: 'ignored' },
    ]
    expect(await send(422, { id: inventedLead.id, outcome: 'invalid', issues })).toEqual({
      outcome: 'invalid',
      issues: [...issues.slice(0, 2), { field: 'email', message: 'Новое' }, { field: '' }],
    })
    expect(await send(422, { outcome: 'invalid' })).toEqual({ outcome: 'invalid', issues: [] })
  })

  it('can ask for a code, with the attempts that are left', async () => {
    const issues = [{ field: 'code', code: 'wrong-code' }]
    const body = { id: inventedLead.id, outcome: 'verification', issues, attemptsLeft: 2 }
    expect(await send(200, body)).toEqual({ outcome: 'verification', issues, attemptsLeft: 2 })
    expect(await send(200, { outcome: 'verification', issues: 'none', attemptsLeft: '2' })).toEqual({
      outcome: 'verification',
    })
  })

  it.each<[number, unknown]>([
    [400, { error: { code: 'not-json', message: 'x' } }],
    [403, { error: { code: 'origin', message: 'x' } }],
    [404, {}],
    [409, { error: { code: 'key', message: 'x' } }],
    [429, { error: { code: 'rate', message: 'x' } }],
    [503, { error: { code: 'storage', message: 'x' } }],
    [200, { outcome: 'uncertain' }],
    [200, null],
    [200, []],
    [200, '"accepted"'],
  ])('%i %o is a failure that is not repeated', async (status, body) => {
    expect(await send(status, body)).toEqual({ outcome: 'failed', code: `status-${status}` })
    expect(calls).toHaveLength(1)
  })

  it.each<[number, string]>([
    [200, ''],
    [200, '<!doctype html>'],
    [200, '{"outcome":"acc'],
    [502, '<html>Bad Gateway</html>'],
  ])(
    '%i %j is unreadable: the same lead is sent once more, and may be repeated later',
    async (status, body) => {
      expect(await send(status, body)).toEqual({
        outcome: 'failed',
        code: `status-${status}`,
        isRepeatable: true,
      })
      expect(calls).toHaveLength(2)
    },
  )
})

it('a refusal by something else than the relay is not repeated later', async () => {
  expect(await send(403, '<html>Forbidden</html>')).toEqual({ outcome: 'failed', code: 'status-403' })
})

describe('no answer', () => {
  it('sends the same lead once more', async () => {
    const result = await delivery(createFetch('nothing', [200, '{"outcome":"duplicate"}'])).send(inventedLead)
    expect(result).toEqual({ outcome: 'duplicate' })
    expect(calls).toHaveLength(2)
    expect(bodyOf(1)).toBe(bodyOf(0))
    expect(JSON.parse(bodyOf(1))).toMatchObject({ id: inventedLead.id, key: inventedLead.key })
  })

  it('twice is a failure', async () => {
    expect(await delivery(createFetch('nothing')).send(inventedLead)).toEqual({
      outcome: 'failed',
      code: 'network',
      isRepeatable: true,
    })
    expect(calls).toHaveLength(2)
  })

  it('within the timeout is no answer', async () => {
    const stalled: Fetch = (url, init) => {
      calls.push({ url, init })
      return new Promise((_, reject) => {
        init.signal?.addEventListener('abort', () => reject(new Error('late')))
      })
    }
    expect(await delivery(stalled, relay, 30).send(inventedLead)).toEqual({
      outcome: 'failed',
      code: 'network',
      isRepeatable: true,
    })
    expect(calls).toHaveLength(2)
  })

  it('is sent no more once it is aborted', async () => {
    const ending = new AbortController()
    const stalled: Fetch = (url, init) => {
      calls.push({ url, init })
      ending.abort()
      return new Promise((_, reject) => {
        if (init.signal?.aborted) reject(new Error('aborted'))
      })
    }
    const client = delivery(stalled)
    expect(await client.send(inventedLead, ending.signal)).toMatchObject({ code: 'network' })
    expect(await client.send(inventedLead, ending.signal)).toMatchObject({ code: 'network' })
    expect(calls).toHaveLength(1)
  })
})

describe('a code', () => {
  const { id, key } = inventedLead
  const confirm = (answer: Reply) => delivery(createFetch(answer), `${relay}/`).confirm({ id, key }, '1234')

  it('is sent to its lead with the key, as a simple CORS request', async () => {
    expect(await confirm([200, '{"outcome":"accepted"}'])).toEqual({ outcome: 'accepted' })
    expect(calls).toMatchObject([
      {
        url: `${relay}/leads/${id}/code`,
        init: {
          method: 'POST',
          headers: { 'content-type': 'text/plain;charset=UTF-8' },
          keepalive: true,
          credentials: 'omit',
        },
      },
    ])
    expect(JSON.parse(bodyOf(0))).toEqual({ key, code: '1234' })
  })

  it.each<[Reply, string]>([
    ['nothing', 'network'],
    [[502, '<html>'], 'status-502'],
    [[409, '{"error":{"code":"key","message":"x"}}'], 'status-409'],
    [[200, ''], 'status-200'],
  ])('that is answered with %j is a failure, and is not sent again', async (answer, code) => {
    expect(await confirm(answer)).toEqual({ outcome: 'failed', code })
    expect(calls).toHaveLength(1)
  })

  it('that is wrong is returned with the attempts that are left', async () => {
    const issues = [{ field: 'code', code: 'wrong-code' }]
    const answer = JSON.stringify({ id, outcome: 'verification', issues, attemptsLeft: 0 })
    expect(await confirm([200, answer])).toEqual({ outcome: 'verification', issues, attemptsLeft: 0 })
  })
})

describe('a definition', () => {
  /** Fetches a definition; `pauses` are the waits, of which the last one is the end. */
  async function fetchIt(fetch: Fetch, maxPauses = 12) {
    const pauses: number[] = []
    const delays: string[] = []
    const result = await fetchDefinition(relay, {
      fetch,
      async wait(ms) {
        pauses.push(ms)
        return pauses.length < maxPauses
      },
      onDelay: ({ message }) => delays.push(message),
    }).then(
      (definition) => ({ definition }),
      (error: unknown) => ({ error: String(error) }),
    )
    return { ...result, pauses, delays }
  }
  const found: Reply = [200, '{"id":"main"}']

  it('is fetched unchanged', async () => {
    expect(await fetchIt(createFetch(found))).toEqual({ definition: { id: 'main' }, pauses: [], delays: [] })
    expect(calls).toMatchObject([{ url: relay, init: { credentials: 'omit' } }])
  })

  it.each([400, 401, 403, 404, 409, 410, 422])(
    'that the relay refuses with %i is not fetched again',
    async (status) => {
      const refusal: Reply = [status, '{"error":{"code":"x","message":"There is no form of that name."}}']
      expect(await fetchIt(createFetch(refusal, found))).toEqual({
        error: `Error: ${relay} answered ${status}: There is no form of that name.`,
        pauses: [],
        delays: [],
      })
    },
  )

  it.each<Reply>([
    'nothing',
    [200, '<!doctype html>'],
    [403, '<html>'],
    [404, ''],
    [408, '{}'],
    [425, '{}'],
    [429, '{"error":{"code":"rate","message":"x"}}'],
    [500, '{"error":{"code":"fault","message":"x"}}'],
    [502, '<html>Bad Gateway</html>'],
    [503, '{"error":{"code":"form-refused","message":"x"}}'],
    [504, ''],
  ])('that is answered with %j is fetched again, with growing pauses, until it comes', async (reply) => {
    const { pauses, delays, ...result } = await fetchIt(
      createFetch(...Array.from({ length: 7 }, () => reply), found),
    )
    expect(result).toEqual({ definition: { id: 'main' } })
    expect(pauses).toEqual([1000, 3000, 9000, 27_000, 60_000, 60_000, 60_000])
    expect(delays).toEqual([expect.stringContaining(`${relay} `)])
  })

  it('is not fetched again once nobody needs it', async () => {
    expect(await fetchIt(createFetch([502, 'Bad Gateway']), 2)).toEqual({
      error: `Error: ${relay} answered 502, no definition`,
      pauses: [1000, 3000],
      delays: [],
    })
  })

  it.each([
    ['120', 60_000],
    ['20', 20_000],
    ['0', 1000],
    ['Sat, 28 Nov 2026 12:00:00 GMT', 1000],
  ])('is fetched again when the relay says: Retry-After: %s', async (seconds, pause) => {
    const busy: Fetch = async () => new Response('{}', { status: 429, headers: { 'retry-after': seconds } })
    expect((await fetchIt(busy, 1)).pauses).toEqual([pause])
  })

  it('that does not come in time is fetched again', async () => {
    const stalled: Fetch = (_, init) =>
      new Promise((__, reject) => {
        init.signal?.addEventListener('abort', () => reject(new Error('late')))
      })
    const wait = async () => false
    await expect(
      fetchDefinition(relay, { fetch: stalled, wait, onDelay: () => undefined }, 20),
    ).rejects.toThrow(`${relay} does not answer`)
  })
})
