import type { Provider } from '../providers/provider.ts'
import type { WithRules } from '../providers/write-parameters.ts'
import { leadContext, leadIssues } from './lead-context.ts'
import { masked, type Preview } from './preview.ts'

/**
 * What a provider would be sent. The requests are built without the credentials, so that none can be in them, however
 * they are encoded.
 */
export function createDirectPreview<Config extends WithRules>(
  provider: Provider<Config>,
  config: Config,
  now: () => Date,
): Preview {
  const hidden = Object.fromEntries(provider.secrets.map((name) => [name, masked]))
  const given: Config = { ...config, ...hidden }
  const { create, confirm } = provider.operations
  return {
    lead(lead) {
      const context = {
        ...leadContext(lead, now(), { attempt: 1, mayHaveArrived: false }),
        accessToken: masked,
      }
      const issues = leadIssues(provider, config, context)
      return issues.length > 0 ? { issues } : [create.request(given, context)]
    },
    code: (_, code) =>
      confirm
        ? [confirm.request(given, { now: now(), accessToken: masked, applicationId: '123', code })]
        : [],
  }
}
