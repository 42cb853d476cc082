import { batch, type ReadonlySignal, signal } from '@preact/signals'
import type { ConsoleRole, SessionAnswer } from '../../relay/http/admin/lead-answers.ts'
import type { ConsolePorts } from '../ports.ts'
import type { RelayClient, RequestFailure } from './relay-client.ts'
import { createSessionClock } from './session-clock.ts'

/** What somebody signs in with. */
export type Credentials = { readonly token: string } | { readonly name: string; readonly password: string }

/** Whether somebody is signed in. `ended`: the session has ended, and the view waits for another sign-in. */
export type SessionState = 'loading' | 'signed-out' | 'signed-in' | 'ended'

/** Who uses the console. */
export interface Session {
  readonly state: ReadonlySignal<SessionState>
  readonly user: ReadonlySignal<SessionAnswer | undefined>
  /** Another number for each user: it stays when the same user signs in again after the session has ended. */
  readonly visit: ReadonlySignal<number>
  /** Whether the user's role permits what this role permits. */
  permits(role: ConsoleRole): boolean
  /** Asks the relay who is signed in. */
  resume(): Promise<void>
  /** Returns why it failed, or nothing. */
  signIn(credentials: Credentials): Promise<RequestFailure | undefined>
  signOut(): Promise<void>
  /**
   * Asks the relay whose session the browser has: in another tab somebody may have signed in or out. Another user gets
   * the view afresh. Returns nothing if the user is the same.
   */
  check(): Promise<RequestFailure | undefined>
  /** Reports that the relay has answered in the session, which keeps it from ending. */
  touch(): void
  /**
   * Reports an answer 401 to a request of a visit. Resolves with true when the same user has signed in again, and with
   * false if another one has, or nobody will: what one user asked for is never sent in the session of another.
   */
  waitForSignIn(visit: number): Promise<boolean>
}

/** Each role permits what those before it permit. */
const roles: readonly ConsoleRole[] = ['see', 'work', 'configure']

const path = 'console/session'

/** What happens where the user changes. */
export interface SessionEvents {
  /** Drops what is shown to a user. */
  onLeave(): void
  /** In another tab this user has signed in. */
  onReplaced(user: SessionAnswer): void
}

/** Creates the session. `client` is asked for only when a request is sent: the client waits for the session in turn. */
export function createSession(
  ports: Pick<ConsolePorts, 'now' | 'startTimer' | 'otherTabs'>,
  client: () => RelayClient,
  { onLeave, onReplaced }: SessionEvents,
): Session {
  const state = signal<SessionState>('loading')
  const user = signal<SessionAnswer | undefined>(undefined)
  const visit = signal(0)
  let waiting: ((isSignedIn: boolean) => void)[] = []

  const clock = createSessionClock(ports, () => {
    if (state.value === 'signed-in') state.value = 'ended'
  })

  function settle(isSignedIn: boolean): void {
    const settled = waiting
    waiting = []
    for (const resolve of settled) resolve(isSignedIn)
  }

  function change(next: SessionAnswer | undefined): void {
    batch(() => {
      onLeave()
      visit.value += 1
      user.value = next
      state.value = next ? 'signed-in' : 'signed-out'
    })
    if (next) clock.start(next)
    else clock.stop()
    settle(false)
  }

  /** The same user has another session, or the same one still. */
  function keep(next: SessionAnswer): void {
    const isOver = state.value === 'ended'
    batch(() => {
      user.value = next
      state.value = 'signed-in'
    })
    clock.start(next)
    if (isOver) settle(true)
  }

  async function check(): Promise<RequestFailure | undefined> {
    const own = visit.value
    const answer = await client().request<SessionAnswer>({ path })
    if (own !== visit.value) return 'signed-out'
    const { value: known } = user
    if ('value' in answer) {
      if (known && describeUser(known) === describeUser(answer.value)) {
        keep(answer.value)
        return undefined
      }
      change(answer.value)
      if (known) onReplaced(answer.value)
      return 'signed-out'
    }
    if (answer.failure === 'signed-out' && state.value === 'signed-in') {
      clock.stop()
      state.value = 'ended'
    }
    return answer.failure
  }
  // A hint, which may be late or missing: every request names its session.
  ports.otherTabs.onChange(() => {
    if (state.value !== 'loading') void check()
  })

  return {
    state,
    user,
    visit,
    permits(role) {
      const own = user.value?.role
      return own !== undefined && roles.indexOf(own) >= roles.indexOf(role)
    },
    async resume() {
      const answer = await client().request<SessionAnswer>({ path })
      user.value = 'value' in answer ? answer.value : undefined
      state.value = user.value ? 'signed-in' : 'signed-out'
      if (user.value) clock.start(user.value)
    },
    async signIn(credentials) {
      const answer = await client().request<SessionAnswer>({ method: 'POST', path, body: credentials })
      if (!('value' in answer)) return answer.failure
      if (state.value === 'ended' && user.value?.name === answer.value.name) keep(answer.value)
      else change(answer.value)
      ports.otherTabs.tell()
      return undefined
    },
    async signOut() {
      const own = visit.value
      await client().request({ method: 'DELETE', path })
      // In another tab somebody else has signed in, who stays so.
      if (own !== visit.value) return
      change(undefined)
      ports.otherTabs.tell()
    },
    check,
    touch: () => clock.touch(),
    waitForSignIn(own) {
      if (own !== visit.value) return Promise.resolve(false)
      if (state.value === 'signed-in') state.value = 'ended'
      clock.stop()
      if (state.value !== 'ended') return Promise.resolve(false)
      return new Promise((resolve) => waiting.push(resolve))
    },
  }
}

/** Two sessions of which the view may stay the same. */
function describeUser({ name, role, edit }: SessionAnswer): string {
  return JSON.stringify([name, role, edit])
}
