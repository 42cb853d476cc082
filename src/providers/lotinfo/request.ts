import type { HttpRequest, LeadContext } from '../core/context.ts'
import { stringifyJson } from '../../lead/stringify-json.ts'
import { buildNestedBody } from '../core/parameters/nested-body.ts'
import { joinUrl } from '../core/url.ts'
import { writeParameters } from '../core/write-parameters.ts'
import type { LotinfoConfig } from './config.ts'
import { withoutEmptyContacts } from './contacts.ts'
import { lotinfoParameters } from './parameters.ts'

/** The call `PUT CLIENTS` with one client. */
export function lotinfoRequest(config: LotinfoConfig, context: LeadContext): HttpRequest {
  const { baseUrl, token, tokenName } = config
  const written = writeParameters(lotinfoParameters(config), config, context)
  const { encoding, ...client } = buildNestedBody(withoutEmptyContacts(written))
  return {
    method: 'PUT',
    url: joinUrl(baseUrl, `v1/CLIENTS?${tokenName}=${encodeURIComponent(token)}`),
    headers: { 'content-type': 'application/json; charset=utf-8', accept: 'application/json' },
    body: stringifyJson({ encoding, data: [client] }),
  }
}
