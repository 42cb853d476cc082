import { templateNames } from '../core/field-rules.ts'
import { isLeadFact } from '../core/parameters/lead-facts.ts'
import { withParsedOptions } from '../core/options/parsed-options.ts'
import type { Provider } from '../core/provider.ts'
import { type DevtekConfig, devtekConfig } from './config.ts'
import { devtekOutcome } from './outcome.ts'
import { devtekParameters, devtekReservedParameters } from './parameters.ts'
import { devtekRequest } from './request.ts'

/** What a page without a relay uses of Devtek's adapter. */
export const devtekForPages: Provider<DevtekConfig> = {
  name: 'devtek',
  config: devtekConfig,
  secrets: ['token'],
  identity: ['idWebmaster'],
  reservedParameters: devtekReservedParameters,
  parameters: () => devtekParameters,
  problems: ({ signedConsentUrl = '' }) =>
    templateNames(signedConsentUrl)
      .filter((name) => !isLeadFact(name))
      .map(
        (name) =>
          `signedConsentUrl: "{${name}}" is no fact about the lead, such as {leadId}; an address must hold no personal data`,
      ),
  operations: {
    create: withParsedOptions(devtekConfig, {
      // A repeat of a lead that has arrived is answered "Lead duplicate", which then counts as accepted.
      retry: 'safe',
      request: devtekRequest,
      outcome: devtekOutcome,
    }),
  },
}
