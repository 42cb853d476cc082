import type { Provider } from '../providers/core/provider.ts'
import type { BaseConfig } from '../providers/core/field-rules.ts'
import { checkLead } from '../providers/core/check-lead.ts'
import { createLeadContext } from './lead-context.ts'
import { redactedSecret } from '../providers/core/error-messages.ts'
import type { DeliveryPreview } from './preview.ts'

/**
 * Creates the preview of the requests to a provider. They are built without the credentials, so none can be in them in
 * any encoding.
 */
export function createDirectPreview<Config extends BaseConfig>(
  provider: Provider<Config>,
  config: Config,
  now: () => Date,
): DeliveryPreview {
  const placeholders = Object.fromEntries(provider.secrets.map((name) => [name, redactedSecret]))
  const redacted: Config = { ...config, ...placeholders }
  const { create, confirm } = provider.operations
  return {
    lead(lead) {
      const context = {
        ...createLeadContext(lead, now(), { attempt: 1, mayHaveArrived: false }),
        accessToken: redactedSecret,
      }
      const issues = checkLead(provider, config, context)
      return issues.length > 0 ? { issues } : [create.request(redacted, context)]
    },
    code: (_, code) =>
      confirm
        ? [confirm.request(redacted, { now: now(), accessToken: redactedSecret, applicationId: '123', code })]
        : [],
  }
}
