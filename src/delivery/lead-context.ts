import type { FieldIssue } from '../lead/issue.ts'
import type { Lead } from '../lead/lead.ts'
import type { Provider } from '../providers/core/provider.ts'
import type { LeadContext } from '../providers/core/context.ts'
import { checkLengths } from '../providers/core/write-parameters.ts'
import type { BaseConfig } from '../providers/core/field-rules.ts'

/** What an adapter gets to see of a lead that a page sends by itself. */
export function createProviderContext(
  { values, consents, attribution, page }: Lead,
  now: Date,
  tried: Pick<LeadContext, 'attempt' | 'mayHaveArrived'>,
): LeadContext {
  return { ...tried, now, lead: { values, consents, attribution, page, receivedAt: now } }
}

/** What of a lead a provider could not be sent. */
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
