import type { Provider } from '../core/provider.ts'
import { type DevtekConfig, devtekConfig } from './config.ts'
import { devtekOutcome } from './outcome.ts'
import { devtekParameters } from './parameters.ts'
import { listCities, listRegions } from './places.ts'
import { devtekRequest } from './request.ts'

/** Devtek, a buyer of loan leads. Contract: https://devtek.io/docs/guide and the public PHP SDK. */
export const devtek: Provider<DevtekConfig> = {
  name: 'devtek',
  config: devtekConfig,
  secrets: ['token'],
  identity: ['idWebmaster'],
  reservedParameters: [
    { path: 'id_webmaster', type: 'integer', required: true, from: { option: 'idWebmaster' } },
    { path: 'token', type: 'string', max: 32, required: true, from: { option: 'token' } },
  ],
  parameters: () => devtekParameters,
  operations: {
    create: {
      // A repeat of a lead that has arrived is answered "Lead duplicate", which then counts as accepted.
      retry: 'safe',
      request: devtekRequest,
      outcome: devtekOutcome,
    },
    regions: listRegions,
    cities: listCities,
  },
}
