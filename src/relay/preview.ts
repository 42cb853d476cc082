import { checkConsents, checkValues } from '../form/check.ts'
import { moscowDate } from '../lead/calendar-date.ts'
import type { FieldIssue } from '../lead/issue.ts'
import type { Lead } from '../lead/lead.ts'
import type { Outcome } from '../lead/outcome.ts'
import type { CampaignField, PatternMatcher, ProviderContext } from '../providers/provider.ts'
import type { Destination } from './destination.ts'
import type { FormSetup } from './form-setup.ts'
import { issueMessage } from './issue-message.ts'

/** A request as it would be sent, without credentials. */
export interface ShownRequest {
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
  readonly request?: ShownRequest
  /** What stands in the way: issues, one a field, as the person would read them. */
  readonly issues: readonly ShownIssue[]
  /** What the lead would come to without a call. */
  readonly withheld?: Outcome['outcome']
}

/** An issue with its sentence. */
export interface ShownIssue extends FieldIssue {
  readonly message: string
}

/** What would become of a lead. */
export interface Preview {
  /** How the form's leads are spread. */
  readonly delivery: FormSetup['mode']
  /** What the form itself would object to: such a lead would not be stored. */
  readonly issues: readonly ShownIssue[]
  /** In the order in which they would be asked. */
  readonly destinations: readonly DestinationPreview[]
}

/** What a preview is made with, beside the form and the lead. */
export interface PreviewPorts {
  readonly now: Date
  /** What a destination's campaigns ask for, where that is known. */
  readonly settingsOf?: (destination: Destination) => readonly CampaignField[] | undefined
  readonly matches?: PatternMatcher | undefined
}

/** Stands for a token that would be bought. */
const tokenStand = '•••'

/** Shows the exact requests that a lead would make, one a destination, credentials masked. Nothing is sent or stored. */
export function previewLead(form: FormSetup, lead: Lead, ports: PreviewPorts): Preview {
  const { definition, destinations, mode } = form
  const { values, issues } = checkValues(definition, lead.values, moscowDate(ports.now))
  return {
    delivery: mode,
    issues: [...issues, ...checkConsents(definition.consents, lead.consents)].map(shown),
    destinations: destinations.map((destination) => {
      const campaignSettings = ports.settingsOf?.(destination)
      return previewDestination(destination, {
        now: ports.now,
        attempt: 1,
        mayHaveArrived: false,
        leadNumber: 1,
        lead: { ...lead, values, receivedAt: ports.now },
        accessToken: destination.account.token ? tokenStand : undefined,
        campaignSettings,
        matches: ports.matches,
      })
    }),
  }
}

function previewDestination(destination: Destination, context: ProviderContext): DestinationPreview {
  const { key, provider, mask } = destination
  const withheld = destination.withhold(context)
  if (withheld) return { destination: key, provider, issues: [], withheld: withheld.outcome }
  const { method, url, headers, body } = destination.request(context)
  const masked = Object.entries(headers).map(([name, value]) => [name, mask(value)])
  return {
    destination: key,
    provider,
    request: {
      method,
      url: mask(url),
      headers: Object.fromEntries(masked),
      ...(body === undefined ? {} : { body: mask(body) }),
    },
    issues: destination.check(context).map(shown),
  }
}

function shown(issue: FieldIssue): ShownIssue {
  return { ...issue, message: issueMessage(issue) }
}
