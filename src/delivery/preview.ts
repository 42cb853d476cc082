import type { FieldIssue } from '../lead/issue.ts'
import type { Lead } from '../lead/lead.ts'
import type { LeadIdentity } from '../lead/lead-identity.ts'
import type { HttpRequest } from '../providers/core/context.ts'
import { redactedSecret } from '../providers/core/error-messages.ts'
import { createCodeRequest, createLeadRequest } from './relay-requests.ts'

/** The requests that a delivery would send, with redacted credentials. Nothing is sent. */
export interface DeliveryPreview {
  /** The requests for a lead in order, or the values that could not be sent. */
  lead(lead: Lead): readonly HttpRequest[] | { readonly issues: readonly FieldIssue[] }
  /** The requests for the code that confirms the phone of a lead. */
  code(lead: LeadIdentity, code: string): readonly HttpRequest[]
}

/** What a relay's form would be sent; the key is a lead's own credential. */
export function createRelayPreview(relay: string): DeliveryPreview {
  return {
    lead: (lead) => [createLeadRequest(relay, { ...lead, key: redactedSecret })],
    code: (lead, code) => [createCodeRequest(relay, { ...lead, key: redactedSecret }, code)],
  }
}
