import type { Provider } from '../providers/core/provider.ts'
import type { BaseConfig } from '../providers/core/write-parameters.ts'
import { createProviderContext, checkLead } from './lead-context.ts'
import { redactedSecret } from '../providers/core/redact-message.ts'
import type { DeliveryPreview } from './preview.ts'

/**
 * What a provider would be sent. The requests are built without the credentials, so that none can be in them, however
 * they are encoded.
 */
export function createDirectPreview<Config extends BaseConfig>(
  provider: Provider<Config>,
  config: Config,
  now: () => Date,
): DeliveryPreview {
  const hidden = Object.fromEntries(provider.secrets.map((name) => [name, redactedSecret]))
  const given: Config = { ...config, ...hidden }
  const { create, confirm } = provider.operations
  return {
    lead(lead) {
      const context = {
        ...createProviderContext(lead, now(), { attempt: 1, mayHaveArrived: false }),
        accessToken: redactedSecret,
      }
      const issues = checkLead(provider, config, context)
      return issues.length > 0 ? { issues } : [create.request(given, context)]
    },
    code: (_, code) =>
      confirm
        ? [confirm.request(given, { now: now(), accessToken: redactedSecret, applicationId: '123', code })]
        : [],
  }
}
