import type { Lead } from '../lead/lead.ts'
import type { LeadIdentity } from '../lead/lead-identity.ts'
import { stringifyJson } from '../lead/stringify-json.ts'
import type { HttpRequest } from '../providers/core/context.ts'

/** Creates the request that posts a lead to a relay's form. */
export function createLeadRequest(relay: string, lead: Lead): HttpRequest {
  return post(leadsUrl(relay), lead)
}

/** Creates the request that posts the code which confirms the phone of a lead. */
export function createCodeRequest(relay: string, { id, key }: LeadIdentity, code: string): HttpRequest {
  return post(`${leadsUrl(relay)}/${id}/code`, { key, code })
}

function leadsUrl(relay: string): string {
  return `${relay.replace(/\/+$/, '')}/leads`
}

function post(url: string, body: object): HttpRequest {
  return {
    method: 'POST',
    url,
    // Plain text needs no CORS preflight request, which could fail too.
    headers: { 'content-type': 'text/plain;charset=UTF-8' },
    body: stringifyJson(body),
  }
}
