import { minLength, minValue, number, object, optional, pipe, safeParse, string } from 'valibot'
import { parseJson } from '../../core/json.ts'
import type { Operation, TokenResult } from '../../core/provider.ts'
import type { CallContext, HttpResult } from '../../core/context.ts'
import { apiUrl } from './api-request.ts'
import type { AdmitadConfig } from '../config.ts'
import { parseErrorKind } from './api-error.ts'

/** What the calls of this adapter need: to list applications and read settings, and to create. */
const scope = 'broker_application manage_broker_application'

const tokenSchema = object({
  access_token: pipe(string(), minLength(1)),
  // Short where Admitad does not tell: asking once too often costs nothing.
  expires_in: optional(pipe(number(), minValue(1)), 3600),
})

/** Buys an access token with the client's id and secret (OAuth 2, client credentials). */
export const requestToken: Operation<AdmitadConfig, CallContext, TokenResult> = {
  retry: 'safe',

  request(config) {
    const { clientId = '', clientSecret = '' } = config
    return {
      method: 'POST',
      url: apiUrl(config, '/token/'),
      headers: {
        accept: 'application/json',
        authorization: `Basic ${encodeBase64(`${clientId}:${clientSecret}`)}`,
        'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
      },
      body: new URLSearchParams({ grant_type: 'client_credentials', client_id: clientId, scope }).toString(),
    }
  },

  outcome: tokenOutcome,
}

function tokenOutcome(result: HttpResult): TokenResult {
  if ('failure' in result) return { problem: `no answer: ${result.failure}`, refused: false }
  const { status } = result
  const fault = parseErrorKind(result)
  if (fault === 'rate') return { problem: 'too many requests', refused: false }
  if (fault !== undefined)
    return { problem: `the credentials were refused (status ${status})`, refused: true }
  const bought = safeParse(tokenSchema, parseJson(result.body))
  if (!bought.success || status < 200 || status > 202) {
    return { problem: `status ${status}, not a documented answer`, refused: false }
  }
  return { accessToken: bought.output.access_token, expiresInSeconds: bought.output.expires_in }
}

function encodeBase64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)))
}
