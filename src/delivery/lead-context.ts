import type { FieldIssue } from '../lead/issue.ts'
import type { Lead } from '../lead/lead.ts'
import type { Provider, ProviderContext } from '../providers/provider.ts'
import { checkLengths, type WithRules } from '../providers/write-parameters.ts'

/** What an adapter gets to see of a lead that a page sends by itself. */
export function leadContext(
  { values, consents, attribution, page }: Lead,
  now: Date,
  tried: Pick<ProviderContext, 'attempt' | 'mayHaveArrived'>,
): ProviderContext {
  return { ...tried, now, lead: { values, consents, attribution, page, receivedAt: now } }
}

/** What of a lead a provider could not be sent. */
export function leadIssues<Config extends WithRules>(
  provider: Provider<Config>,
  config: Config,
  context: ProviderContext,
): readonly FieldIssue[] {
  return [
    ...checkLengths(provider.parameters(config), config, context),
    ...(provider.check?.(config, context) ?? []),
  ]
}
