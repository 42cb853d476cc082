import { parse } from 'valibot'
import { admitadConfig, type AdmitadConfig } from '../../../src/providers/admitad/config.ts'
import { admitadRequest } from '../../../src/providers/admitad/request.ts'
import type { CampaignField, LeadContext } from '../../../src/providers/core/context.ts'
import { createPatternMatcher } from '../../../src/relay/campaigns/python-regex.ts'
import { fullContext } from '../../contracts/support/full-lead.ts'

/** The least that a destination is made of. */
export const options = { websiteId: 7, campaigns: [17809], accessToken: 'invented-access-token' }

/** A destination's options, checked. */
export function configWith(changed: object = {}): AdmitadConfig {
  return parse(admitadConfig, { ...options, ...changed })
}

/** The first call for a lead; what is given replaces parts of the full one. */
export function contextWith(
  lead: Partial<LeadContext['lead']> = {},
  call: Partial<LeadContext> = {},
): LeadContext {
  return { ...fullContext, lead: { ...fullContext.lead, ...lead }, ...call }
}

/** A context with values of its own over the full lead's. */
export function createContext(
  values: LeadContext['lead']['values'],
  call: Partial<LeadContext> = {},
): LeadContext {
  return contextWith({ values: { ...fullContext.lead.values, ...values } }, call)
}

/** A campaign's wish. */
export function campaignField(name: string, pattern = '', required = true, description = ''): CampaignField {
  return { name, pattern, required, description }
}

/** A call's part that knows what campaigns want, and can run their patterns. */
export function withCampaignFields(...campaignSettings: readonly CampaignField[]): Partial<LeadContext> {
  return { campaignSettings, matches: createPatternMatcher() }
}

/** The fields that a request carries. */
export function sentFields(config: AdmitadConfig, context: LeadContext): URLSearchParams {
  return new URLSearchParams(admitadRequest(config, context).body)
}
