import { withParsedOptions } from '../core/options/parsed-options.ts'
import type { Operations, Provider } from '../core/provider.ts'
import { type FiveCrmConfig, fiveCrmConfig } from './config.ts'
import { type FiveCrmLists, fiveCrmLists } from './lists.ts'
import { fiveCrmOutcome } from './outcome.ts'
import { findForeignOptions, fiveCrmParameters, fiveCrmReservedParameters } from './parameters.ts'
import { fiveCrmRequest } from './request.ts'

/** 5CRM's adapter. It can also read the CRM's own lists. */
export interface FiveCrm extends Provider<FiveCrmConfig> {
  readonly operations: Operations<FiveCrmConfig> & FiveCrmLists
}

/** 5CRM, a general CRM: a lead becomes what `method` names. Contract: its document for integrators, a beta version. */
export const fivecrm: FiveCrm = {
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
    ...fiveCrmLists,
  },
}
