import type { Parameter } from '../core/parameter.ts'
import { applicationParameters } from './application-parameters.ts'
import type { AdmitadConfig } from './config.ts'
import { hasTransferConsent } from './precondition.ts'

type CallParameter = Parameter<AdmitadConfig>

/** Whether the person was told who gets the data. No rule of `fields` may say otherwise. */
export const userNotifiedParameter: CallParameter = {
  path: 'user_notified',
  type: 'boolean',
  required: true,
  option: 'consent',
  from: { inputs: [], compute: ({ lead }, config) => (hasTransferConsent(config, lead) ? 1 : 0) },
}

const testModeParameter: CallParameter = {
  path: 'test_mode',
  type: 'boolean',
  option: 'testMode',
  from: { inputs: [], compute: (_, config) => (config.testMode ? 1 : undefined) },
}

const campaignsParameter: CallParameter = {
  path: 'campaigns',
  type: 'list',
  required: true,
  option: 'campaigns',
  from: {
    inputs: [],
    compute: (_, { campaigns: groups = [] }) => groups.map(({ ids, pause }) => ({ ids, pause })),
  },
}

const campaignIdParameter: CallParameter = {
  path: 'campaign_id',
  type: 'integer',
  required: true,
  from: { option: 'campaignId' },
}

/** Every other parameter of the call that creates an application: the call's own, and the application's. */
export function admitadParameters({ mode }: AdmitadConfig): readonly CallParameter[] {
  return [
    mode === 'sync' ? campaignIdParameter : campaignsParameter,
    testModeParameter,
    ...applicationParameters,
  ]
}
