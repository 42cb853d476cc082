import type { CampaignRules } from '../../core/provider.ts'
import { campaignProblems } from './campaign-problems.ts'
import { campaignQuestions } from './campaign-questions.ts'
import type { AdmitadConfig } from '../config.ts'

/** What the settings of Admitad's campaigns mean for a form. */
export const admitadCampaignRules: CampaignRules<AdmitadConfig> = {
  campaignIds: ({ mode, campaigns = [], campaignId }) =>
    mode === 'sync' ? [campaignId ?? []].flat() : campaigns.flatMap(({ ids }) => ids),
  questions: campaignQuestions,
  problems: campaignProblems,
}
