import { validateConsents, validateValues } from '../../form/validate.ts'
import { moscowDate } from '../../lead/calendar-date.ts'
import type { FieldIssue } from '../../lead/issue.ts'
import type { Lead } from '../../lead/lead.ts'
import type { Outcome } from '../../lead/outcome.ts'
import type { CampaignField, PatternMatcher, LeadContext } from '../../providers/core/context.ts'
import type { Destination } from '../destinations/destination.ts'
import type { FormConfig } from '../config/form-config.ts'
import { formatIssueMessage } from '../leads/lead-state.ts'

/** A request as it would be sent, without credentials. */
export interface RedactedRequest {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | undefined
}

/** What would become of a lead at one destination. */
export interface DestinationPreview {
  readonly destination: string
  readonly provider: string
  /** What the destination would be sent; nothing where it would not be called. */
  readonly request?: RedactedRequest
  /** What stands in the way: issues, one a field, as the person would read them. */
  readonly issues: readonly IssueWithMessage[]
  /** What the lead would come to without a call. */
  readonly failedPrecondition?: Outcome['outcome']
}

/** An issue with its sentence. */
export interface IssueWithMessage extends FieldIssue {
  readonly message: string
}

/** What would become of a lead. */
export interface LeadPreview {
  /** How the form's leads are spread. */
  readonly delivery: FormConfig['mode']
  /** What the form itself would object to: such a lead would not be stored. */
  readonly issues: readonly IssueWithMessage[]
  /** In the order in which they would be asked. */
  readonly destinations: readonly DestinationPreview[]
}

/** What a preview is made with, beside the form and the lead. */
export interface PreviewOptions {
  readonly now: Date
  /** What a destination's campaigns ask for, where that is known. */
  readonly settingsOf?: (destination: Destination) => readonly CampaignField[] | undefined
  readonly matches?: PatternMatcher | undefined
}

/** Stands for a token that would be bought. */
const tokenPlaceholder = '•••'

/** Shows the exact requests that a lead would make, one a destination, credentials masked. Nothing is sent or stored. */
export function previewLead(form: FormConfig, lead: Lead, ports: PreviewOptions): LeadPreview {
  const { definition, destinations, mode } = form
  const { values, issues } = validateValues(definition, lead.values, moscowDate(ports.now))
  return {
    delivery: mode,
    issues: [...issues, ...validateConsents(definition.consents, lead.consents)].map(withMessage),
    destinations: destinations.map((destination) => {
      const campaignSettings = ports.settingsOf?.(destination)
      return previewDestination(destination, {
        now: ports.now,
        attempt: 1,
        mayHaveArrived: false,
        leadNumber: 1,
        lead: { ...lead, values, receivedAt: ports.now },
        accessToken: destination.account.token ? tokenPlaceholder : undefined,
        campaignSettings,
        matches: ports.matches,
      })
    }),
  }
}

function previewDestination(destination: Destination, context: LeadContext): DestinationPreview {
  const { key, provider, redact } = destination
  const withheld = destination.precondition(context)
  if (withheld) return { destination: key, provider, issues: [], failedPrecondition: withheld.outcome }
  const { method, url, headers, body } = destination.request(context)
  const masked = Object.entries(headers).map(([name, value]) => [name, redact(value)])
  return {
    destination: key,
    provider,
    request: {
      method,
      url: redact(url),
      headers: Object.fromEntries(masked),
      ...(body === undefined ? {} : { body: redact(body) }),
    },
    issues: destination.check(context).map(withMessage),
  }
}

function withMessage(issue: FieldIssue): IssueWithMessage {
  return { ...issue, message: formatIssueMessage(issue) }
}
