import type { FieldIssue } from '../lead/issue.ts'
import type { Lead } from '../lead/lead.ts'
import type { Provider } from '../providers/core/provider.ts'
import type { LeadContext } from '../providers/core/context.ts'
import { checkLengths } from '../providers/core/write-parameters.ts'
import type { BaseConfig } from '../providers/core/field-rules.ts'

/** Creates the context that an adapter gets for a lead that a page sends directly. */
export function createProviderContext(
  { values, consents, attribution, page }: Lead,
  now: Date,
  history: Pick<LeadContext, 'attempt' | 'mayHaveArrived'>,
): LeadContext {
  return { ...history, now, lead: { values, consents, attribution, page, receivedAt: now } }
}

/** Finds the values of a lead that the provider would not accept. */
export function checkLead<Config extends BaseConfig>(
  provider: Provider<Config>,
  config: Config,
  context: LeadContext,
): readonly FieldIssue[] {
  return [
    ...checkLengths(provider.parameters(config), config, context),
    ...(provider.check?.(config, context) ?? []),
  ]
}
