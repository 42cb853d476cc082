import { randomBytes } from 'node:crypto'
import { type SandboxResponse, jsonResponse } from '../core/response.ts'
import { type ApiRequest, isFormType } from '../core/request.ts'
import { errorResponses } from './responses.ts'

/** The scope that a call requires. */
export type TokenScope = 'broker_application' | 'manage_broker_application'

/** The credentials that a sandbox accepts. */
export type SandboxCredentials = {
  readonly clientId: string
  readonly clientSecret: string
  /** A token that never expires and has every scope. */
  readonly accessToken: string
}

/** Issues and checks tokens. */
export type TokenIssuer = {
  issue(request: ApiRequest, tokenSeconds: number): SandboxResponse
  /** The refusal of a request without a sufficient token; `undefined` if its token suffices. */
  authorize(request: ApiRequest, scope: TokenScope): SandboxResponse | undefined
  /** Every issued token, including refresh tokens. */
  issuedTokens(): readonly string[]
  /** Revokes every issued token. */
  revokeAll(): void
}

const scopes: readonly string[] = ['broker_application', 'manage_broker_application']

/** Creates the token issuer of one client. */
export function createTokenIssuer(credentials: SandboxCredentials, now: () => Date): TokenIssuer {
  const { clientId, clientSecret, accessToken } = credentials
  const issued: string[] = []
  const tokens = new Map<string, { readonly until: number; readonly scope: readonly string[] }>()

  return {
    issue({ contentType, authorization, rawBody }, tokenSeconds) {
      const expected = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`
      if (authorization !== expected) return errorResponses.invalidClient
      if (!isFormType(contentType)) return errorResponses.badRequest
      const form = new URLSearchParams(rawBody)
      const scope = (form.get('scope') ?? '').split(' ')
      const isKnown = scope.every((name) => scopes.includes(name))
      if (form.get('grant_type') !== 'client_credentials' || form.get('client_id') !== clientId || !isKnown) {
        return errorResponses.badRequest
      }
      const token = randomBytes(20).toString('hex')
      const refreshToken = randomBytes(20).toString('hex')
      issued.push(token, refreshToken)
      tokens.set(token, { until: now().getTime() + tokenSeconds * 1000, scope })
      return jsonResponse(200, {
        username: 'sandbox',
        access_token: token,
        token_type: 'bearer',
        expires_in: tokenSeconds,
        refresh_token: refreshToken,
        scope: scope.join(' '),
      })
    },
    authorize({ authorization }, scope) {
      const [, token = ''] = /^Bearer (\S+)$/.exec(authorization ?? '') ?? []
      if (token === accessToken) return undefined
      const known = tokens.get(token)
      if (!known) return errorResponses.invalidToken
      if (known.until <= now().getTime()) return errorResponses.tokenExpired
      return known.scope.includes(scope) ? undefined : errorResponses.noRights
    },
    issuedTokens: () => issued,
    revokeAll: () => tokens.clear(),
  }
}
