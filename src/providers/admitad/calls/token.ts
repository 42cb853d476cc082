import {
  fallback,
  finite,
  minValue,
  nonEmpty,
  number,
  object,
  pipe,
  regex,
  safeParse,
  string,
  transform,
  trim,
  union,
} from 'valibot'
import { parseJson } from '../../core/json.ts'
import type { Operation, TokenResult } from '../../core/provider.ts'
import type { CallContext, HttpResult } from '../../core/context.ts'
import { joinUrl } from '../../core/url.ts'
import type { AdmitadConfig } from '../config.ts'
import { parseErrorKind } from './api-error.ts'

/** The rights that this adapter's calls need: to list applications, to read settings and to create applications. */
const scope = 'broker_application manage_broker_application'

/** A number of seconds as a text, as PHP servers write it. */
const digits = pipe(string(), trim(), regex(/^\d{1,15}(?:\.\d+)?$/), transform(Number))

const tokenSchema = object({
  access_token: pipe(string(), nonEmpty()),
  // A short default if Admitad gives none that can be read: an additional request costs nothing.
  expires_in: fallback(pipe(union([number(), digits]), finite(), minValue(1)), 3600),
})

/** Requests an access token with the client's id and secret (OAuth 2, client credentials). */
export const requestToken: Operation<AdmitadConfig, CallContext, TokenResult> = {
  retry: 'safe',

  request(config) {
    const { clientId = '', clientSecret = '' } = config
    return {
      method: 'POST',
      url: joinUrl(config.baseUrl, 'token/'),
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
  const kind = parseErrorKind(result)
  if (kind === 'rate') return { problem: 'too many requests', refused: false }
  if (kind !== undefined) return { problem: `the credentials were refused (status ${status})`, refused: true }
  const token = safeParse(tokenSchema, parseJson(result.body))
  if (!token.success || status < 200 || status > 202) {
    return { problem: `status ${status}, not a documented answer`, refused: false }
  }
  return { accessToken: token.output.access_token, expiresInSeconds: token.output.expires_in }
}

function encodeBase64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)))
}
