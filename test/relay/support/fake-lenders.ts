import { type InferOutput, number, object, optional, string } from 'valibot'
import type { Fetch } from '../../../src/delivery/send-http.ts'
import type { Outcome, ReceiverProgress } from '../../../src/lead/outcome.ts'
import { fieldRulesSchema } from '../../../src/providers/core/field-rules.ts'
import type { Operation, Provider, TokenResult } from '../../../src/providers/core/provider.ts'
import type { CallContext, HttpRequest, HttpResult } from '../../../src/providers/core/context.ts'
import { bindProvider } from '../../../src/relay/destinations/destination.ts'

const config = object({
  /** Which of the invented lenders. */
  name: string(),
  token: optional(string()),
  clientSecret: optional(string()),
  campaign: optional(number()),
  fields: optional(fieldRulesSchema),
})
type Config = InferOutput<typeof config>

/** Options of the invented adapter. */
export interface FakeLenderOptions {
  readonly retry?: 'safe' | 'if-not-sent'
  readonly callsPerMinute?: number
  /** Whether calls need a token, which is fetched with the `clientSecret`. */
  readonly tokens?: boolean
}

/** A call that reached a lender. */
export interface FakeLenderCall {
  /** `first/create`: the lender and the operation. */
  readonly to: string
  readonly body: Readonly<Record<string, unknown>>
  readonly token: string | null
  readonly at: number
}

type Reply = Outcome | { readonly progress: readonly ReceiverProgress[] } | object | Response
type Script = Reply | ((call: FakeLenderCall) => Reply | Promise<Reply>)

/**
 * Creates any number of invented lenders with one adapter: `{ provider: "lender", name: "first" }` is a destination. They
 * answer with outcomes, which a test sets by `lender/operation`.
 */
export function createFakeLenders(options: FakeLenderOptions = {}, now: () => number = Date.now) {
  const calls: FakeLenderCall[] = []
  const scripts = new Map<string, Script>()
  const fetch: Fetch = async (url, init) => {
    const call: FakeLenderCall = {
      to: new URL(url).pathname.slice(1),
      body: JSON.parse(await new Response(init.body ?? '{}').text()),
      token: new Headers(init.headers).get('authorization'),
      at: now(),
    }
    calls.push(call)
    const script = scripts.get(call.to) ?? { outcome: 'accepted' }
    const reply = typeof script === 'function' ? await script(call) : script
    return reply instanceof Response ? reply.clone() : Response.json(reply)
  }
  return {
    fetch,
    calls,
    providers: { lender: bindProvider(lender(options)) },
    /** Sets the answer of `first/create`, or of another operation. */
    answer(to: string, script: Script) {
      scripts.set(to, script)
    },
    /** The operations that were called, in order. */
    called: () => calls.map(({ to }) => to),
  }
}

function lender({ retry = 'if-not-sent', callsPerMinute, tokens }: FakeLenderOptions): Provider<Config> {
  const operation = <Context extends CallContext, Answer>(
    name: string,
    bodyOf: (context: Context) => object,
    outcome: (result: HttpResult) => Answer,
  ): Operation<Config, Context, Answer> => ({
    retry,
    request: (to, context) => requestTo(to, name, context.accessToken, bodyOf(context)),
    outcome,
  })
  return {
    name: 'lender',
    config,
    secrets: ['token', 'clientSecret'],
    reservedParameters: [],
    identity: ['name'],
    ...(callsPerMinute === undefined ? {} : { callsPerMinute }),
    parameters: () => [],
    isTokenRejected: (result) => 'status' in result && result.status === 401,
    operations: {
      create: operation('create', ({ lead, attempt }) => ({ ...lead.values, attempt }), outcomeOf),
      confirm: operation('confirm', ({ applicationId, code }) => ({ applicationId, code }), outcomeOf),
      status: operation(
        'status',
        ({ applicationId }) => ({ applicationId }),
        (result) =>
          'status' in result && result.status === 200
            ? JSON.parse(result.body)
            : { problem: 'no answer', retryable: true },
      ),
      ...(tokens ? { token: operation('token', () => ({}), tokenOf) } : {}),
    },
  }
}

function requestTo(
  { name, token, clientSecret }: Config,
  operation: string,
  accessToken: string | undefined,
  body: object,
): HttpRequest {
  const credential = operation === 'token' ? clientSecret : (accessToken ?? token)
  return {
    method: 'POST',
    url: `https://lender.example/${name}/${operation}`,
    headers: credential === undefined ? {} : { authorization: `Bearer ${credential}` },
    body: JSON.stringify(body),
  }
}

function tokenOf(result: HttpResult): TokenResult {
  return 'status' in result && result.status === 200
    ? JSON.parse(result.body)
    : { problem: 'no token', refused: 'status' in result && result.status === 401 }
}

function outcomeOf(result: HttpResult): Outcome {
  if ('failure' in result) {
    return { outcome: 'unavailable', reason: `no answer: ${result.failure}`, mayHaveArrived: result.sent }
  }
  if (result.status === 401) return { outcome: 'refused', reason: 'status 401' }
  if (result.status === 503) return { outcome: 'unavailable', reason: 'status 503', mayHaveArrived: false }
  if (result.status >= 500) return { outcome: 'unavailable', reason: 'status 500', mayHaveArrived: true }
  return JSON.parse(result.body)
}
