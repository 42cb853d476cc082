import type { Provider } from '../provider.ts'
import { callParameters, userNotified } from './call-parameters.ts'
import { check } from './check.ts'
import { type AdmitadConfig, admitadConfig } from './config.ts'
import { confirm } from './confirm.ts'
import { create } from './create.ts'
import { faultOf } from './fault.ts'
import { settings } from './settings.ts'
import { status } from './status.ts'
import { token } from './token.ts'
import { withhold } from './withhold.ts'

/** Broker of Admitad, a network of lenders' campaigns. Contract: https://developers.admitad.com, "Заявки брокера". */
export const admitad: Provider<AdmitadConfig> = {
  name: 'admitad',
  config: admitadConfig,
  secrets: ['clientSecret', 'accessToken'],
  identity: ['mode', 'websiteId', 'campaignId'],
  callsPerMinute: 60,
  access: [userNotified],
  parameters: callParameters,
  consents: ({ consent }) => [consent],
  withhold,
  check,
  tokenRefused: (result) => faultOf(result) === 'token',
  operations: { create, confirm, status, settings, token },
}
