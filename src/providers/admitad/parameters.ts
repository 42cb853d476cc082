import type { CallContext, LeadContext } from '../core/context.ts'
import type { WrittenParameter } from '../core/write-parameters.ts'
import { type AdmitadParameter, applicationParameters } from './application-parameters.ts'
import type { AdmitadConfig } from './config.ts'
import { hasTransferConsent } from './precondition.ts'

/** Whether the person knows who receives the data. Rules of `fields` cannot change it. */
export const userNotifiedParameter: AdmitadParameter = {
  path: 'user_notified',
  type: 'boolean',
  required: true,
  option: 'consent',
  from: { inputs: [], compute: ({ lead }, config) => (hasTransferConsent(config, lead) ? 1 : 0) },
}

const testModeParameter: AdmitadParameter = {
  path: 'test_mode',
  type: 'boolean',
  option: 'testMode',
  from: { inputs: [], compute: (_, config) => (config.testMode ? 1 : undefined) },
}

const campaignsParameter: AdmitadParameter = {
  path: 'campaigns',
  type: 'list',
  required: true,
  option: 'campaigns',
  from: {
    inputs: [],
    compute: (_, { campaigns = [] }) => campaigns.map(({ ids, pause }) => ({ ids, pause })),
  },
}

const campaignIdParameter: AdmitadParameter = {
  path: 'campaign_id',
  type: 'integer',
  required: true,
  from: { option: 'campaignId' },
}

/** Every other parameter of the call that creates an application: those of the call and those of the application. */
export function admitadParameters({ mode }: AdmitadConfig): readonly AdmitadParameter[] {
  return [
    mode === 'sync' ? campaignIdParameter : campaignsParameter,
    testModeParameter,
    ...applicationParameters,
  ]
}

/** What the settings of the campaigns, which only relays read, add to the call. */
export interface CampaignAdditions {
  /** The parameters that only a campaign defines. */
  parameters(settings: CallContext['campaignSettings']): readonly AdmitadParameter[]
  /** Writes values in spellings that the campaigns accept. */
  format(written: readonly WrittenParameter[], context: CallContext): readonly WrittenParameter[]
}

/** Every parameter of the call, the reserved one included. */
export function callParameters(
  config: AdmitadConfig,
  { campaignSettings }: LeadContext,
  additions: CampaignAdditions | undefined,
): readonly AdmitadParameter[] {
  return [
    userNotifiedParameter,
    ...admitadParameters(config),
    ...(additions?.parameters(campaignSettings) ?? []),
  ]
}
