import { withParsedOptions } from '../core/options/parsed-options.ts'
import type { Provider } from '../core/provider.ts'
import { type LotinfoConfig, lotinfoConfig } from './config.ts'
import { lotinfoOutcome } from './outcome.ts'
import { lotinfoParameters, lotinfoReservedParameters } from './parameters.ts'
import { lotinfoRequest } from './request.ts'

/** Lotinfo, a CRM of estate agencies: adds the person as a client. Contract: its document of PUT CLIENTS. */
export const lotinfo: Provider<LotinfoConfig> = {
  name: 'lotinfo',
  config: lotinfoConfig,
  secrets: ['token'],
  identity: ['userId'],
  reservedParameters: lotinfoReservedParameters,
  parameters: lotinfoParameters,
  problems: ({ agency, clientType = 0 }) =>
    agency !== undefined && clientType === 0
      ? ['agency: the name of an organisation, expected together with "clientType" 1 to 4']
      : [],
  operations: {
    create: withParsedOptions(lotinfoConfig, {
      // According to the document every call adds a client, although PUT is idempotent in HTTP.
      retry: 'if-not-sent',
      request: lotinfoRequest,
      outcome: lotinfoOutcome,
    }),
  },
}
