import { withParsedOptions } from '../core/options/parsed-options.ts'
import type { Provider } from '../core/provider.ts'
import { type FiveCrmConfig, fiveCrmConfig } from './config.ts'
import { fiveCrmOutcome } from './outcome.ts'
import { findForeignOptions, fiveCrmParameters, fiveCrmReservedParameters } from './parameters.ts'
import { fiveCrmRequest } from './request.ts'

/** What a page without a relay uses of 5CRM's adapter. */
export const fiveCrmForPages: Provider<FiveCrmConfig> = {
  name: 'fivecrm',
  config: fiveCrmConfig,
  // The public token is made to be seen in pages.
  secrets: ['secretToken'],
  identity: ['publicToken', 'method', 'funnelId'],
  reservedParameters: fiveCrmReservedParameters,
  parameters: fiveCrmParameters,
  problems: findForeignOptions,
  operations: {
    create: withParsedOptions(fiveCrmConfig, {
      // Every call adds a record, and no response holds an id by which it could be found again.
      retry: 'if-not-sent',
      request: fiveCrmRequest,
      outcome: fiveCrmOutcome,
    }),
  },
}
