import type { Parameter } from '../parameter.ts'
import { applicationParameters } from './application-parameters.ts'
import type { AdmitadConfig } from './config.ts'
import { isNotified } from './is-notified.ts'

type Row = Parameter<AdmitadConfig>

/** Whether the person was told who gets the data. No rule of `fields` may say otherwise. */
export const userNotified: Row = {
  path: 'user_notified',
  type: 'boolean',
  required: true,
  option: 'consent',
  from: { of: [], read: ({ lead }, config) => (isNotified(config, lead) ? 1 : 0) },
}

const testMode: Row = {
  path: 'test_mode',
  type: 'boolean',
  option: 'testMode',
  from: { of: [], read: (_, config) => (config.testMode ? 1 : undefined) },
}

const campaigns: Row = {
  path: 'campaigns',
  type: 'list',
  required: true,
  option: 'campaigns',
  from: {
    of: [],
    read: (_, { campaigns: groups = [] }) => groups.map(({ ids, pause }) => ({ ids, pause })),
  },
}

const campaignId: Row = {
  path: 'campaign_id',
  type: 'integer',
  required: true,
  from: { option: 'campaignId' },
}

/** Every other parameter of the call that creates an application: the call's own, and the application's. */
export function callParameters({ mode }: AdmitadConfig): readonly Row[] {
  return [mode === 'sync' ? campaignId : campaigns, testMode, ...applicationParameters]
}
