import { array, fallback, object, optional, pipe, regex, safeParse, string, unknown } from 'valibot'
import { parseJson } from '../../core/json.ts'
import type { Operations } from '../../core/provider.ts'
import type { CampaignField } from '../../core/context.ts'
import { apiGet } from './api-request.ts'
import type { AdmitadConfig } from '../config.ts'
import { describeFailure } from './api-error.ts'

const settingsSchema = object({ results: array(unknown()) })

const fieldSchema = object({
  field_name: pipe(string(), regex(/^\w{1,64}$/)),
  regexp: fallback(optional(string(), ''), ''),
  required: optional(unknown()),
  description: fallback(optional(string(), ''), ''),
})

/** Fetches the fields that a campaign requires. */
export const getCampaignSettings: NonNullable<Operations<AdmitadConfig>['settings']> = {
  retry: 'safe',
  request: (config, context) => apiGet(config, context, `broker/campaign_settings/${context.campaignId}/`),
  outcome(result) {
    const problem = describeFailure(result)
    if (problem) return problem
    const list = safeParse(settingsSchema, 'body' in result ? parseJson(result.body) : undefined)
    if (!list.success) return { problem: 'not a documented answer', retryable: true }
    return { items: list.output.results.flatMap(parseField) }
  },
}

function parseField(candidate: unknown): readonly CampaignField[] {
  const result = safeParse(fieldSchema, candidate)
  if (!result.success) return []
  const { field_name: name, regexp: pattern, required, description } = result.output
  return [
    {
      name,
      pattern,
      required: required === true || required === 1 || required === 'true' || required === '1',
      description: description.trim().slice(0, 500),
    },
  ]
}
