import type { Lead } from '../lead/lead.ts'
import type { LeadIdentity } from '../lead/lead-identity.ts'
import type { HttpRequest } from '../providers/core/context.ts'

/** Posts a lead to a relay's form. */
export function createLeadRequest(relay: string, lead: Lead): HttpRequest {
  return post(`${leadsUrl(relay)}`, lead)
}

/** Posts the code that confirms the phone of a lead. */
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
    // Plain text spares the browser a preflight request, which is one more thing that could fail.
    headers: { 'content-type': 'text/plain;charset=UTF-8' },
    body: JSON.stringify(body),
  }
}
