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

/** Creates the session. `client` is asked for only when a request is sent: the client waits for the session in turn. `onLeave` drops what
 * is shown to a user. */
export function createSession(
  ports: Pick<ConsolePorts, 'now' | 'startTimer'>,
  client: () => RelayClient,
  onLeave: () => void,
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
      if (state.value !== 'ended' || user.value?.name !== answer.value.name) {
        change(answer.value)
        return undefined
      }
      batch(() => {
        user.value = answer.value
        state.value = 'signed-in'
      })
      clock.start(answer.value)
      settle(true)
      return undefined
    },
    async signOut() {
      await client().request({ method: 'DELETE', path })
      change(undefined)
    },
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
