import type { FieldIssue } from '../../lead/issue.ts'
import type { LeadContext } from './context.ts'
import type { BaseConfig } from './field-rules.ts'
import type { Provider } from './provider.ts'
import { checkLengths } from './write-parameters.ts'

/** Finds the values of a lead that a provider would not accept. */
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
