import { object, optional, string } from 'valibot'
import { describe, expect, it } from 'vitest'
import { createDirectDelivery } from '../../src/delivery/direct.ts'
import type { Fetch } from '../../src/delivery/send-http.ts'
import type { Outcome } from '../../src/lead/outcome.ts'
import type { Operation, Provider } from '../../src/providers/core/provider.ts'
import type { HttpResult } from '../../src/providers/core/context.ts'
import { fieldRulesSchema, type BaseConfig } from '../../src/providers/core/field-rules.ts'
import { inventedLead } from '../lead/invented-lead.ts'

interface Config extends BaseConfig {
  readonly secret: string
  readonly accessToken?: string | undefined
}

/** A provider whose answers are outcomes as JSON; further operations can be added. */
function fakeProvider(
  retry: Operation<Config>['retry'],
  operations: Partial<Provider<Config>['operations']> = {},
): Provider<Config> {
  const parse = (result: HttpResult): Outcome => {
    if ('failure' in result) {
      return retry === 'safe'
        ? { outcome: 'unavailable', reason: result.failure, mayHaveArrived: result.sent }
        : { outcome: 'uncertain', reason: result.failure }
    }
    const outcome: Outcome = JSON.parse(result.body)
    return outcome
  }
  return {
    name: 'fake',
    config: object({ secret: string(), accessToken: optional(string()), fields: optional(fieldRulesSchema) }),
    secrets: ['secret', 'accessToken'],
    reservedParameters: [],
    parameters: () => [{ path: 'name', type: 'string', max: 20, from: { value: 'lastName' } }],
    isTokenRejected: (result) => 'status' in result && result.status === 401,
    operations: {
      create: {
        retry,
        request: (_, { lead, attempt, mayHaveArrived, accessToken = '' }) => ({
          method: 'POST',
          url: 'https://api.example.ru/leads',
          headers: { authorization: accessToken },
          body: JSON.stringify({ phone: lead.values.phone, attempt, mayHaveArrived }),
        }),
        outcome: parse,
      },
      ...operations,
    },
  }
}

const confirm: Provider<Config>['operations']['confirm'] = {
  retry: 'if-not-sent',
  request: (_, { applicationId, code }) => ({
    method: 'POST',
    url: `https://api.example.ru/leads/${applicationId}/code`,
    headers: {},
    body: code,
  }),
  outcome: (result) =>
    'failure' in result ? { outcome: 'uncertain', reason: 'none' } : JSON.parse(result.body),
}

const token: Provider<Config>['operations']['token'] = {
  retry: 'safe',
  request: ({ secret }) => ({
    method: 'POST',
    url: 'https://api.example.ru/token',
    headers: {},
    body: secret,
  }),
  outcome: (result) =>
    'status' in result && result.status === 200
      ? { accessToken: result.body, expiresInSeconds: 3600 }
      : { problem: 'no token', refused: 'status' in result },
}

type Reply = Outcome | readonly [status: number, body: string] | 'nothing'

function deliver(provider: Provider<Config>, config: Config, ...replies: readonly Reply[]) {
  const calls: { url: string; init: RequestInit }[] = []
  const problems: string[] = []
  const fetch: Fetch = async (url, init) => {
    calls.push({ url, init })
    const reply = replies[calls.length - 1] ?? replies.at(-1) ?? 'nothing'
    if (reply === 'nothing') throw new TypeError('Failed to fetch')
    return 'outcome' in reply ? Response.json(reply) : new Response(reply[1], { status: reply[0] })
  }
  let now = Date.parse('2026-11-22T12:00:00Z')
  const delivery = createDirectDelivery(provider, config, {
    fetch,
    now: () => new Date(now),
    timeoutMs: 1000,
    onProblem: (problem) => problems.push(problem),
  })
  return {
    ...delivery,
    calls,
    problems,
    bodies: () =>
      calls.map(({ init }): unknown => (typeof init.body === 'string' ? JSON.parse(init.body) : '')),
    passTime: (seconds: number) => {
      now += seconds * 1000
    },
  }
}

const config: Config = { secret: 'secret-secret-secret' }
const accepted: Outcome = { outcome: 'accepted', providerId: '999999' }
const first = { phone: inventedLead.values.phone, attempt: 1, mayHaveArrived: false }

describe('a decided lead', () => {
  it.each(['accepted', 'duplicate', 'declined'] as const)(
    'is reported as %s after one call',
    async (outcome) => {
      const { send, bodies } = deliver(fakeProvider('safe'), config, { outcome })
      expect(await send(inventedLead)).toEqual({ outcome })
      expect(bodies()).toEqual([first])
    },
  )

  it('can have errors of fields', async () => {
    const issues = [{ field: 'phone', message: 'Проверьте номер' }]
    const { send } = deliver(fakeProvider('safe'), config, { outcome: 'invalid', issues })
    expect(await send(inventedLead)).toEqual({ outcome: 'invalid', issues })
  })

  it('is not sent with a value that the provider would not accept', async () => {
    const { send, calls } = deliver(fakeProvider('safe'), config, accepted)
    const values = { ...inventedLead.values, lastName: 'А'.repeat(21) }
    expect(await send({ ...inventedLead, values })).toEqual({
      outcome: 'invalid',
      issues: [{ field: 'lastName', code: 'text-length', limit: 20 }],
    })
    expect(calls).toEqual([])
  })

  it('is not sent if a precondition of the adapter fails', async () => {
    const provider: Provider<Config> = {
      ...fakeProvider('safe'),
      precondition: () => ({ outcome: 'declined', reason: 'no consent' }),
    }
    const { send, calls } = deliver(provider, config, accepted)
    expect(await send(inventedLead)).toEqual({ outcome: 'declined' })
    expect(calls).toEqual([])
  })
})

describe('no answer', () => {
  it('to a repeatable call repeats it once, with the note that the first may have arrived', async () => {
    const { send, bodies } = deliver(fakeProvider('safe'), config, 'nothing', accepted)
    expect(await send(inventedLead)).toEqual({ outcome: 'accepted' })
    expect(bodies()).toEqual([first, { ...first, attempt: 2, mayHaveArrived: true }])
  })

  it('twice is a failure, and the attempts are counted on when the person sends again', async () => {
    const { send, bodies, problems } = deliver(fakeProvider('safe'), config, 'nothing', 'nothing', accepted)
    expect(await send(inventedLead)).toEqual({ outcome: 'failed', code: 'unavailable', isRepeatable: true })
    expect(problems).toEqual(['network'])
    expect(await send(inventedLead)).toEqual({ outcome: 'accepted' })
    expect(bodies()[2]).toEqual({ ...first, attempt: 3, mayHaveArrived: true })
  })

  it('to a call that must not be repeated is reported as uncertain, and nothing is sent again', async () => {
    const { send, calls } = deliver(fakeProvider('if-not-sent'), config, 'nothing')
    expect(await send(inventedLead)).toEqual({ outcome: 'failed', code: 'uncertain' })
    expect(calls).toHaveLength(1)
  })

  it('is forgotten with the next revision of the values', async () => {
    const { send, bodies } = deliver(fakeProvider('safe'), config, 'nothing', 'nothing', accepted)
    await send(inventedLead)
    await send({ ...inventedLead, values: { ...inventedLead.values } })
    expect(bodies()[2]).toEqual(first)
  })
})

it.each<[Outcome, string]>([
  [{ outcome: 'refused', reason: 'field token refused' }, 'refused'],
  [{ outcome: 'unreadable', reason: 'status 200', mayHaveArrived: true }, 'unreadable'],
])('%o is a failure, and its reason is reported to the author', async (outcome, code) => {
  const { send, problems } = deliver(fakeProvider('safe'), config, outcome)
  expect(await send(inventedLead)).toEqual({ outcome: 'failed', code })
  expect(problems).toEqual(['reason' in outcome ? outcome.reason : ''])
})

it('an exception in the adapter is a failure too, and its kind and place are reported without its text', async () => {
  const { send, problems } = deliver(fakeProvider('safe'), config, [200, 'no JSON from +79000000001'])
  expect(await send(inventedLead)).toEqual({ outcome: 'failed', code: 'unexpected' })
  expect(problems).toEqual([
    expect.stringMatching(/^the adapter failed unexpectedly \(SyntaxError, [\w.-]+\.ts:\d+:\d+\)$/),
  ])
})

describe('a code', () => {
  const codeRequired: Outcome = { outcome: 'verification', applicationId: '123' }
  const wrong: Outcome = { ...codeRequired, issues: [{ field: 'code', code: 'wrong-code' }], attemptsLeft: 2 }

  it('goes to the application that waits for it', async () => {
    const { calls, ...delivery } = deliver(
      fakeProvider('safe', { confirm }),
      config,
      codeRequired,
      wrong,
      accepted,
    )
    expect(await delivery.send(inventedLead)).toEqual({ outcome: 'verification' })
    expect(await delivery.confirm(inventedLead, '1111')).toEqual({
      outcome: 'verification',
      issues: [{ field: 'code', code: 'wrong-code' }],
      attemptsLeft: 2,
    })
    expect(await delivery.confirm(inventedLead, '2222')).toEqual({ outcome: 'accepted' })
    expect(calls.slice(1).map(({ url, init }) => [url, init.body])).toEqual([
      ['https://api.example.ru/leads/123/code', '1111'],
      ['https://api.example.ru/leads/123/code', '2222'],
    ])
  })

  it.each([fakeProvider('safe'), fakeProvider('safe', { confirm })])(
    'that was not asked for is a failure',
    async (provider) => {
      const { calls, ...delivery } = deliver(provider, config, accepted)
      expect(await delivery.confirm(inventedLead, '1111')).toEqual({ outcome: 'failed', code: 'unexpected' })
      expect(calls).toEqual([])
    },
  )
})

describe('an access token', () => {
  const provider = fakeProvider('if-not-sent', { token })
  const authorizations = (calls: readonly { init: RequestInit }[]) =>
    calls.map(({ init }) => new Headers(init.headers).get('authorization'))

  it('is fetched before the first call, cached, and fetched again when it expires', async () => {
    const { send, calls, passTime } = deliver(
      provider,
      config,
      [200, 'one'],
      accepted,
      accepted,
      [200, 'two'],
      accepted,
    )
    await send(inventedLead)
    await send(inventedLead)
    passTime(3590)
    await send(inventedLead)
    expect(authorizations(calls)).toEqual([null, 'one', 'one', null, 'two'])
  })

  it('that is rejected is fetched again, once', async () => {
    const { send, calls } = deliver(provider, config, [200, 'one'], [401, '{}'], [200, 'two'], accepted)
    expect(await send(inventedLead)).toEqual({ outcome: 'accepted' })
    expect(authorizations(calls)).toEqual([null, 'one', null, 'two'])
  })

  it('that the page has is used as it is', async () => {
    const { send, calls } = deliver(provider, { ...config, accessToken: 'own' }, accepted)
    expect(await send(inventedLead)).toEqual({ outcome: 'accepted' })
    expect(calls).toHaveLength(1)
  })

  it.each<[Reply, string]>([
    [[403, ''], 'refused'],
    ['nothing', 'unavailable'],
  ])('that cannot be fetched (%o) is a failure, and no lead is sent', async (reply, code) => {
    const { send, calls, problems } = deliver(provider, config, reply)
    const isRepeatable = code === 'unavailable' ? { isRepeatable: true } : {}
    expect(await send(inventedLead)).toEqual({ outcome: 'failed', code, ...isRepeatable })
    expect(calls.every(({ url }) => url.endsWith('/token'))).toBe(true)
    expect(problems.join()).not.toContain(config.secret)
  })
})
