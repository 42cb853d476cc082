import { type ReadonlySignal, signal } from '@preact/signals'
import type { ConsoleRole, SessionAnswer } from '../../relay/http/admin/lead-answers.ts'
import type { RelayClient, RequestFailure } from './relay-client.ts'

/** What somebody signs in with. */
export type Credentials = { readonly token: string } | { readonly name: string; readonly password: string }

/** Whether somebody is signed in. `ended`: the session has ended, and the view waits for another sign-in. */
export type SessionState = 'loading' | 'signed-out' | 'signed-in' | 'ended'

/** Who uses the console. */
export interface Session {
  readonly state: ReadonlySignal<SessionState>
  readonly user: ReadonlySignal<SessionAnswer | undefined>
  /** Whether the user's role permits what this role permits. */
  permits(role: ConsoleRole): boolean
  /** Asks the relay who is signed in. */
  resume(): Promise<void>
  /** Returns why it failed, or nothing. */
  signIn(credentials: Credentials): Promise<RequestFailure | undefined>
  signOut(): Promise<void>
  /** Reports an answer 401. Resolves after another sign-in, with false if the console is left instead. */
  waitForSignIn(): Promise<boolean>
}

/** Each role permits what those before it permit. */
const roles: readonly ConsoleRole[] = ['see', 'work', 'configure']

const path = 'console/session'

/** Creates the session. `client` is asked for only when a request is sent: the client waits for the session in turn. */
export function createSession(client: () => RelayClient, onSignOut: () => void): Session {
  const state = signal<SessionState>('loading')
  const user = signal<SessionAnswer | undefined>(undefined)
  let waiting: ((isSignedIn: boolean) => void)[] = []

  function settle(isSignedIn: boolean): void {
    const settled = waiting
    waiting = []
    for (const resolve of settled) resolve(isSignedIn)
  }

  return {
    state,
    user,
    permits(role) {
      const own = user.value?.role
      return own !== undefined && roles.indexOf(own) >= roles.indexOf(role)
    },
    async resume() {
      const answer = await client().request<SessionAnswer>({ path })
      user.value = 'value' in answer ? answer.value : undefined
      state.value = user.value ? 'signed-in' : 'signed-out'
    },
    async signIn(credentials) {
      const answer = await client().request<SessionAnswer>({ method: 'POST', path, body: credentials })
      if (!('value' in answer)) return answer.failure
      user.value = answer.value
      state.value = 'signed-in'
      settle(true)
      return undefined
    },
    async signOut() {
      await client().request({ method: 'DELETE', path })
      user.value = undefined
      state.value = 'signed-out'
      onSignOut()
      settle(false)
    },
    waitForSignIn() {
      if (state.value === 'signed-in') state.value = 'ended'
      if (state.value !== 'ended') return Promise.resolve(false)
      return new Promise((resolve) => waiting.push(resolve))
    },
  }
}
