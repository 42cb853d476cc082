import { type InferOutput, number, object, optional, string } from 'valibot'
import type { Fetch } from '../../../src/delivery/perform.ts'
import type { Outcome, Progress } from '../../../src/lead/outcome.ts'
import { fieldRules } from '../../../src/providers/field-rules.ts'
import type {
  CallContext,
  HttpRequest,
  HttpResult,
  Operation,
  Provider,
  TokenAnswer,
} from '../../../src/providers/provider.ts'
import { opener } from '../../../src/relay/destination.ts'

const config = object({
  /** Which of the invented lenders. */
  name: string(),
  token: optional(string()),
  clientSecret: optional(string()),
  campaign: optional(number()),
  fields: optional(fieldRules),
})
type Config = InferOutput<typeof config>

/** What a test wants of the invented adapter. */
export interface LenderOptions {
  readonly retry?: 'safe' | 'if-not-sent'
  readonly callsPerMinute?: number
  /** Whether calls need a token that is bought with the `clientSecret`. */
  readonly tokens?: boolean
}

/** A call that reached a lender. */
export interface LenderCall {
  /** `first/create`: the lender and the operation. */
  readonly to: string
  readonly body: Readonly<Record<string, unknown>>
  readonly token: string | null
  readonly at: number
}

type Reply = Outcome | { readonly progress: readonly Progress[] } | object | Response
type Script = Reply | ((call: LenderCall) => Reply | Promise<Reply>)

/**
 * Any number of invented lenders behind one adapter, whose answers are outcomes as they stand: `{ provider: "lender",
 * name: "first" }` is one. What they answer is a script by `lender/operation`, which a test changes at will.
 */
export function createLenders(options: LenderOptions = {}, now: () => number = Date.now) {
  const calls: LenderCall[] = []
  const scripts = new Map<string, Script>()
  const fetch: Fetch = async (url, init) => {
    const call: LenderCall = {
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
    providers: { lender: opener(lender(options)) },
    /** What `first/create`, or another one, answers from now on. */
    answer(to: string, script: Script) {
      scripts.set(to, script)
    },
    /** Who was called, in order. */
    called: () => calls.map(({ to }) => to),
  }
}

/** What came of a request that left and was never answered. */
export function hangUp(): never {
  throw new TypeError('fetch failed', { cause: Object.assign(new Error('reset'), { code: 'ECONNRESET' }) })
}

/** What came of a request that never left. */
export function nobodyThere(): never {
  throw new TypeError('fetch failed', {
    cause: Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }),
  })
}

function lender({ retry = 'if-not-sent', callsPerMinute, tokens }: LenderOptions): Provider<Config> {
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
    access: [],
    identity: ['name'],
    ...(callsPerMinute === undefined ? {} : { callsPerMinute }),
    parameters: () => [],
    tokenRefused: (result) => 'status' in result && result.status === 401,
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

function tokenOf(result: HttpResult): TokenAnswer {
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
