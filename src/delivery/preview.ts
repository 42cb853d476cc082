import type { FieldIssue } from '../lead/issue.ts'
import type { Lead } from '../lead/lead.ts'
import type { LeadIdentity } from '../lead/lead-identity.ts'
import type { HttpRequest } from '../providers/provider.ts'

/** The calls that a delivery would make, credentials masked. Nothing is sent. */
export interface Preview {
  /** The calls for a lead, in their order, or what of it could not be sent. */
  lead(lead: Lead): readonly HttpRequest[] | { readonly issues: readonly FieldIssue[] }
  /** The call for the code that confirms the phone of a lead. */
  code(lead: LeadIdentity, code: string): readonly HttpRequest[]
}

/** What stands in place of a credential: the same in every encoding of a request. */
export const masked = '***'
