import { parse } from 'valibot'
import { admitadConfig, type AdmitadConfig } from '../../../src/providers/admitad/config.ts'
import { create } from '../../../src/providers/admitad/create.ts'
import type { CampaignField, ProviderContext } from '../../../src/providers/provider.ts'
import { createPatternMatcher } from '../../../src/relay/python-pattern.ts'
import { fullContext } from '../../contracts/full-lead.ts'

/** The least that a destination is made of. */
export const options = { websiteId: 7, campaigns: [17809], accessToken: 'invented-access-token' }

/** A destination's options, checked. */
export function configWith(changed: object = {}): AdmitadConfig {
  return parse(admitadConfig, { ...options, ...changed })
}

/** The first call for a lead; what is given replaces parts of the full one. */
export function contextWith(
  lead: Partial<ProviderContext['lead']> = {},
  call: Partial<ProviderContext> = {},
): ProviderContext {
  return { ...fullContext, lead: { ...fullContext.lead, ...lead }, ...call }
}

/** A context with values of its own over the full lead's. */
export function contextOf(
  values: ProviderContext['lead']['values'],
  call: Partial<ProviderContext> = {},
): ProviderContext {
  return contextWith({ values: { ...fullContext.lead.values, ...values } }, call)
}

/** A campaign's wish. */
export function wish(name: string, pattern = '', required = true, description = ''): CampaignField {
  return { name, pattern, required, description }
}

/** A call's part that knows what campaigns want, and can run their patterns. */
export function campaigns(...campaignSettings: readonly CampaignField[]): Partial<ProviderContext> {
  return { campaignSettings, matches: createPatternMatcher() }
}

/** The fields that a request carries. */
export function fieldsOf(config: AdmitadConfig, context: ProviderContext): URLSearchParams {
  return new URLSearchParams(create.request(config, context).body)
}
