import type { Provider } from '../core/provider.ts'
import { type LotinfoConfig, lotinfoConfig } from './config.ts'
import { lotinfoOutcome } from './outcome.ts'
import { lotinfoParameters } from './parameters.ts'
import { lotinfoRequest } from './request.ts'

/** Lotinfo, a CRM of estate agencies: adds the person as a client. Contract: its document of PUT CLIENTS. */
export const lotinfo: Provider<LotinfoConfig> = {
  name: 'lotinfo',
  config: lotinfoConfig,
  secrets: ['token'],
  identity: ['userId'],
  reservedParameters: [{ path: 'token', type: 'string', required: true, from: { option: 'token' } }],
  parameters: lotinfoParameters,
  operations: {
    create: {
      // According to the document every call adds a client, although PUT is idempotent in HTTP.
      retry: 'if-not-sent',
      request: lotinfoRequest,
      outcome: lotinfoOutcome,
    },
  },
}
