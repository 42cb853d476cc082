import type { CallContext, HttpRequest } from '../../core/context.ts'
import { joinUrl } from '../../core/url.ts'
import type { AdmitadConfig } from '../config.ts'

/** A GET with the access token. */
export function apiGet(config: AdmitadConfig, context: CallContext, path: string): HttpRequest {
  return { method: 'GET', url: joinUrl(config.baseUrl, path), headers: authorizedHeaders(config, context) }
}

/**
 * A POST of a form with the access token. The document's samples show both encodings of forms; working integrations use
 * this one.
 */
export function apiPost(
  config: AdmitadConfig,
  context: CallContext,
  path: string,
  body: URLSearchParams,
): HttpRequest {
  return {
    method: 'POST',
    url: joinUrl(config.baseUrl, path),
    headers: {
      ...authorizedHeaders(config, context),
      'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
    },
    body: body.toString(),
  }
}

function authorizedHeaders(
  { accessToken }: AdmitadConfig,
  context: CallContext,
): Readonly<Record<string, string>> {
  const token = context.accessToken ?? accessToken
  return {
    accept: 'application/json',
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  }
}
