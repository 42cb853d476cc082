import { buildNestedBody } from '../core/nested-body.ts'
import type { Operation, Provider } from '../core/provider.ts'
import { writeParameters } from '../core/write-parameters.ts'
import { type LotinfoConfig, lotinfoConfig } from './config.ts'
import { withoutEmptyContacts } from './contacts.ts'
import { lotinfoOutcome } from './outcome.ts'
import { lotinfoParameters } from './parameters.ts'

const createLead: Operation<LotinfoConfig> = {
  // By its document the call adds a client every time, whatever HTTP says of PUT.
  retry: 'if-not-sent',

  request(config, context) {
    const { baseUrl, token, tokenName } = config
    const written = writeParameters(lotinfoParameters(config), config, context)
    const { encoding, ...client } = buildNestedBody(withoutEmptyContacts(written))
    return {
      method: 'PUT',
      url: `${baseUrl.replace(/\/+$/, '')}/v1/CLIENTS?${tokenName}=${encodeURIComponent(token)}`,
      headers: { 'content-type': 'application/json; charset=utf-8', accept: 'application/json' },
      body: JSON.stringify({ encoding, data: [client] }),
    }
  },

  outcome: lotinfoOutcome,
}

/** Lotinfo, a CRM of estate agencies: adds the person as a client. Contract: its document of PUT CLIENTS. */
export const lotinfo: Provider<LotinfoConfig> = {
  name: 'lotinfo',
  config: lotinfoConfig,
  secrets: ['token'],
  identity: ['userId'],
  reservedParameters: [{ path: 'token', type: 'string', required: true, from: { option: 'token' } }],
  parameters: lotinfoParameters,
  operations: { create: createLead },
}
