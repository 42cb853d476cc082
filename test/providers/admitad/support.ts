import { parse } from 'valibot'
import { admitadConfig, type AdmitadConfig } from '../../../src/providers/admitad/config.ts'
import { admitad } from '../../../src/providers/admitad/index.ts'
import type { CampaignField, LeadContext } from '../../../src/providers/core/context.ts'
import { createPatternMatcher } from '../../../src/relay/campaigns/python-regex.ts'
import { fullContext } from '../../contracts/support/full-lead.ts'

/** The minimal options of a destination. */
export const options = { websiteId: 7, campaigns: [17809], accessToken: 'invented-access-token' }

/** Parses a destination's options. */
export function configWith(overrides: object = {}): AdmitadConfig {
  return parse(admitadConfig, { ...options, ...overrides })
}

/** The context of the first call for the full lead, with overrides. */
export function contextWith(
  lead: Partial<LeadContext['lead']> = {},
  call: Partial<LeadContext> = {},
): LeadContext {
  return { ...fullContext, lead: { ...fullContext.lead, ...lead }, ...call }
}

/** The context of the full lead with some other values. */
export function createContext(
  values: LeadContext['lead']['values'],
  call: Partial<LeadContext> = {},
): LeadContext {
  return contextWith({ values: { ...fullContext.lead.values, ...values } }, call)
}

/** A field that a campaign requires. */
export function campaignField(name: string, pattern = '', required = true, description = ''): CampaignField {
  return { name, pattern, required, description }
}

/** The part of a context with campaign fields and a pattern matcher. */
export function withCampaignFields(...campaignSettings: readonly CampaignField[]): Partial<LeadContext> {
  return { campaignSettings, matches: createPatternMatcher() }
}

/** The fields of the request's form. */
export function sentFields(config: AdmitadConfig, context: LeadContext): URLSearchParams {
  return new URLSearchParams(admitad.operations.create.request(config, context).body)
}
