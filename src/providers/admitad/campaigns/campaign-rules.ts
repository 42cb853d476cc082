import type { CampaignRules } from '../../core/provider.ts'
import { type AdmitadConfig, campaignIds } from '../config.ts'
import { campaignProblems } from './campaign-problems.ts'
import { campaignQuestions } from './campaign-questions.ts'

/** What the settings of Admitad's campaigns mean for a form. */
export const admitadCampaignRules: CampaignRules<AdmitadConfig> = {
  campaignIds,
  questions: campaignQuestions,
  problems: campaignProblems,
}
