import { randomBytes } from 'node:crypto'
import { type Answer, jsonAnswer } from '../answer.ts'
import { type ApiRequest, isFormType } from '../api-request.ts'
import { faults } from './answers.ts'

/** What a call needs to be allowed. */
export type Scope = 'broker_application' | 'manage_broker_application'

/** The credentials that a sandbox serves. */
export type Credentials = {
  readonly clientId: string
  readonly clientSecret: string
  /** A token that never expires and may do everything. */
  readonly accessToken: string
}

/** Sells tokens and looks at them. */
export type TokenDesk = {
  sell(request: ApiRequest, tokenSeconds: number): Answer
  /** The refusal of a request whose token does not do; undefined when it does. */
  refuse(request: ApiRequest, scope: Scope): Answer | undefined
  /** Every token that was sold, those to refresh with included. */
  issued(): readonly string[]
  /** From now on no sold token holds. */
  revoke(): void
}

const scopes: readonly string[] = ['broker_application', 'manage_broker_application']

/** Creates a desk for one client. */
export function createTokenDesk(credentials: Credentials, now: () => Date): TokenDesk {
  const { clientId, clientSecret, accessToken } = credentials
  const issued: string[] = []
  const tokens = new Map<string, { readonly until: number; readonly scope: readonly string[] }>()

  return {
    sell({ contentType, authorization, rawBody }, tokenSeconds) {
      const expected = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`
      if (authorization !== expected) return faults.invalidClient
      if (!isFormType(contentType)) return faults.badRequest
      const form = new URLSearchParams(rawBody)
      const scope = (form.get('scope') ?? '').split(' ')
      const isKnown = scope.every((one) => scopes.includes(one))
      if (form.get('grant_type') !== 'client_credentials' || form.get('client_id') !== clientId || !isKnown) {
        return faults.badRequest
      }
      const token = randomBytes(20).toString('hex')
      const refreshToken = randomBytes(20).toString('hex')
      issued.push(token, refreshToken)
      tokens.set(token, { until: now().getTime() + tokenSeconds * 1000, scope })
      return jsonAnswer(200, {
        username: 'sandbox',
        access_token: token,
        token_type: 'bearer',
        expires_in: tokenSeconds,
        refresh_token: refreshToken,
        scope: scope.join(' '),
      })
    },
    refuse({ authorization }, scope) {
      const [, token = ''] = /^Bearer (\S+)$/.exec(authorization ?? '') ?? []
      if (token === accessToken) return undefined
      const known = tokens.get(token)
      if (!known) return faults.invalidToken
      if (known.until <= now().getTime()) return faults.tokenExpired
      return known.scope.includes(scope) ? undefined : faults.noRights
    },
    issued: () => issued,
    revoke: () => tokens.clear(),
  }
}
