import { TestClock } from 'pg-boss'
import type { Fetch } from '../../../../src/delivery/send-http.ts'
import type { Relay } from '../../../../src/relay/relay-options.ts'
import type { LogFacts } from '../../../../src/relay/log.ts'
import { advanceToRest, advanceUntil } from '../advance-time.ts'
import { createFakeLenders } from '../fake-lenders.ts'
import { formEntry } from '../invented.ts'
import type { createRelayFixture, RelayFixtureOptions } from '../relay-fixture.ts'

/** A call that reached a receiver of messages. */
export interface ReceivedCall {
  readonly url: URL
  readonly headers: Headers
  readonly text: string
  /** The parsed body, where it is JSON. */
  readonly json: {
    readonly type?: string
    readonly text?: string
    readonly data?: Readonly<Record<string, unknown>>
  }
  readonly at: number
}

type Answer = (call: ReceivedCall) => Response | Promise<Response>

/** A call that was sent and got no answer. */
export function silence(): never {
  throw new TypeError('fetch failed', { cause: Object.assign(new Error(), { code: 'ECONNRESET' }) })
}

/** A receiver that nothing can connect to. */
export function refuseConnection(): never {
  throw new TypeError('fetch failed', { cause: Object.assign(new Error(), { code: 'ECONNREFUSED' }) })
}

/** When the clock of the tests begins. */
export const startTime: number = Date.parse('2026-11-22T09:00:00Z')

/** The token of an invented bot. */
export const botToken = '123456789:invented-token-of-a-bot-0123456789'

/** The secret of an invented webhook. */
export const hookSecret = `whsec_${Buffer.from('an invented secret of forty bytes, no less').toString('base64')}`

/** Relays with two invented lenders, and receivers of messages that a test answers for. */
export function createMessageScenario(
  fixture: Awaited<ReturnType<typeof createRelayFixture>>,
  now: number = startTime,
) {
  const clock = new TestClock(now)
  const lenders = createFakeLenders({}, () => clock.now())
  const calls: ReceivedCall[] = []
  const lines: { readonly level: string; readonly text: string; readonly facts: LogFacts }[] = []
  let answer: Answer = () => Response.json({ ok: true })
  const fetch: Fetch = async (address, init) => {
    if (address.startsWith('https://lender.example')) return lenders.fetch(address, init)
    const text = await new Response(init.body ?? '').text()
    const call = {
      url: new URL(address),
      headers: new Headers(init.headers),
      text,
      json: text.startsWith('{') ? JSON.parse(text) : {},
      at: clock.now(),
    }
    calls.push(call)
    return answer(call)
  }
  return {
    clock,
    lenders,
    calls,
    lines,
    /** Sets the answer to all further calls. */
    answer(next: Answer) {
      answer = next
    },
    start: (
      database: string,
      config: RelayFixtureOptions['config'],
      options: RelayFixtureOptions = {},
    ): Promise<Relay> =>
      fixture.start(database, {
        clock,
        fetch,
        providers: lenders.providers,
        env: { BOT: botToken, HOOK: hookSecret },
        forms: {
          main: {
            ...formEntry(),
            destinations: ['first', 'second'].map((name) => ({ provider: 'lender', name })),
          },
        },
        log: (level, text, facts = {}) => void lines.push({ level, text, facts }),
        ...options,
        config: { publicUrl: 'https://leads.example.ru', ...config },
      }),
    /** Lets some seconds pass, and what is due in them happen. */
    async pass(seconds: number) {
      for (let second = 0; second < seconds; second += 1) {
        await advanceToRest(clock, 0)
      }
    },
    /** Lets seconds pass until `check` is met: for receivers that take real time. */
    passUntil: (check: () => unknown) => advanceUntil(clock, 0, check),
    /** The texts of Telegram's messages. */
    texts: () => calls.map(({ json }) => json.text ?? ''),
  }
}
