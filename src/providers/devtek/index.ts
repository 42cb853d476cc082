import { withParsedOptions } from '../core/options/parsed-options.ts'
import type { Provider } from '../core/provider.ts'
import { type DevtekConfig, devtekConfig } from './config.ts'
import { devtekForPages } from './page-adapter.ts'
import { findListMirrors, listCities, listRegions } from './places.ts'

/** Devtek, a buyer of loan leads. Contract: https://devtek.io/docs/guide and the public PHP SDK. */
export const devtek: Provider<DevtekConfig> = {
  ...devtekForPages,
  sendsSignedConsent: true,
  listMirrors: findListMirrors,
  operations: {
    ...devtekForPages.operations,
    regions: withParsedOptions(devtekConfig, listRegions),
    cities: withParsedOptions(devtekConfig, listCities),
  },
}
