import { sampleValues } from '../../../../form/sample-values.ts'
import type { LeadValue } from '../../../../lead/values.ts'
import type { CampaignSettings } from '../../../campaigns/campaign-settings.ts'
import type { FormConfig } from '../../../config/form-config.ts'
import { type LeadPreview, previewLead } from '../../../delivery/preview-lead.ts'
import { parseLead } from '../../parsing/parse-lead.ts'
import type { PreviewAnswer } from './form-answers.ts'

/** The requests that a form's destinations would get for some values. Missing values are filled in with those of an invented person. */
export function previewDefinition(
  form: FormConfig,
  values: Readonly<Record<string, LeadValue>>,
  campaigns: Pick<CampaignSettings, 'contextFor'>,
  now: Date,
): { readonly answer: PreviewAnswer } | { readonly problem: string } {
  const at = now.toISOString()
  const parsed = parseLead({
    id: '00000000-0000-7000-8000-000000000000',
    key: 'A'.repeat(22),
    values: { ...sampleValues(form.definition), ...values },
    consents: form.definition.consents.map(({ id, documentUrl, version }) => ({
      id,
      documentUrl,
      version,
      acceptedAt: at,
    })),
    page: { url: 'https://example.ru/', startedAt: at, submittedAt: at },
  })
  if ('problem' in parsed) return { problem: parsed.problem }
  const [first] = form.destinations
  const preview = previewLead(form, parsed.lead, {
    now,
    settingsOf: (destination) => campaigns.contextFor(destination).campaignSettings,
    matches: first && campaigns.contextFor(first).matches,
    hasId: false,
  })
  return { answer: formatPreviewedLead(preview) }
}

function formatPreviewedLead({ issues, destinations }: LeadPreview): PreviewAnswer {
  return {
    issues: issues.map(({ field, message }) => ({ field, message })),
    destinations: destinations.map(
      ({ destination, provider, takes, passedOver, failedPrecondition, request, issues: own }) => ({
        destination,
        provider,
        ...(takes === undefined ? {} : { takes }),
        ...(passedOver === undefined ? {} : { passedOver }),
        ...(failedPrecondition === undefined ? {} : { failedPrecondition }),
        ...(request
          ? {
              request: {
                method: request.method,
                url: request.url,
                headers: request.headers,
                ...(request.body === undefined ? {} : { body: request.body }),
              },
            }
          : {}),
        issues: own.map(({ field, message }) => ({ field, message })),
      }),
    ),
  }
}
