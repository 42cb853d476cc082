import { validateConsents, validateValues } from '../../form/validate.ts'
import { moscowDate } from '../../lead/calendar-date.ts'
import type { FieldIssue } from '../../lead/issue.ts'
import type { Lead } from '../../lead/lead.ts'
import type { Outcome } from '../../lead/outcome.ts'
import { redactedSecret } from '../../providers/core/error-messages.ts'
import type { CampaignField, PatternMatcher, LeadContext } from '../../providers/core/context.ts'
import type { Destination } from '../destinations/destination.ts'
import type { FormConfig } from '../config/form-config.ts'
import { describeRules } from '../config/report/describe-rules.ts'
import { formatIssueMessage } from '../leads/lead-state.ts'
import { decide, type RoutingRule } from '../leads/routing/rules.ts'

/** A request as it would be sent, without credentials. */
export interface RedactedRequest {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | undefined
}

/** What one destination would do with a lead. */
export interface DestinationPreview {
  readonly destination: string
  readonly provider: string
  /** Which leads it takes, if not all. */
  readonly takes?: string | undefined
  /** Why it would be passed over, if it would. The deliveries of the day are not counted. */
  readonly passedOver?: 'when' | 'share' | 'hours' | undefined
  /** What the destination would be sent; absent if it would not be called. */
  readonly request?: RedactedRequest
  /** Issues that prevent the call, at most one per field, with the texts that the person would read. */
  readonly issues: readonly IssueWithMessage[]
  /** The outcome without a call, if the call would not be made. */
  readonly failedPrecondition?: Outcome['outcome']
}

/** An issue with its text. */
export interface IssueWithMessage extends FieldIssue {
  readonly message: string
}

/** What would happen to a lead. */
export interface LeadPreview {
  /** How the form distributes its leads. */
  readonly delivery: FormConfig['mode']
  /** Issues from the form's own validation: such a lead would not be stored. */
  readonly issues: readonly IssueWithMessage[]
  /** In the order in which they would be asked. */
  readonly destinations: readonly DestinationPreview[]
}

/** Options of a preview. */
export interface PreviewOptions {
  readonly now: Date
  /** The fields that a destination's campaigns ask for, if known. */
  readonly settingsOf?: (destination: Destination) => readonly CampaignField[] | undefined
  readonly matches?: PatternMatcher | undefined
  /** Whether the lead has an id of its own, by which shares are decided. */
  readonly hasId?: boolean
}

/** Builds the exact requests for a lead, one per destination, with redacted credentials. Nothing is sent or stored. */
export function previewLead(form: FormConfig, lead: Lead, options: PreviewOptions): LeadPreview {
  const { definition, destinations, mode } = form
  const { values, issues } = validateValues(definition, lead.values, moscowDate(options.now))
  return {
    delivery: mode,
    issues: [...issues, ...validateConsents(definition.consents, lead.consents)].map(withMessage),
    destinations: destinations.map((destination) => {
      const { share, ...rules } = form.rules?.get(destination.key) ?? {}
      const decision = decide(
        destination.key,
        { ...rules, share: options.hasId === false ? undefined : share, capPerDay: undefined },
        { id: lead.id, values, shares: new Map() },
        { now: options.now, deliveriesToday: () => 0 },
      )
      const campaignSettings = options.settingsOf?.(destination)
      const preview = previewDestination(destination, {
        now: options.now,
        attempt: 1,
        mayHaveArrived: false,
        leadNumber: 1,
        form: definition.id,
        revision: 1,
        lead: { ...lead, values, receivedAt: options.now },
        accessToken: destination.account.token ? redactedSecret : undefined,
        campaignSettings,
        matches: options.matches,
      })
      return {
        ...preview,
        takes: describeRules({ ...rules, share }),
        passedOver: isRuleOfPreview(decision.rule) ? decision.rule : undefined,
      }
    }),
  }
}

function isRuleOfPreview(rule: RoutingRule): rule is 'when' | 'share' | 'hours' {
  return rule === 'when' || rule === 'share' || rule === 'hours'
}

function previewDestination(destination: Destination, context: LeadContext): DestinationPreview {
  const { key, provider } = destination
  const failed = destination.precondition(context)
  if (failed) return { destination: key, provider, issues: [], failedPrecondition: failed.outcome }
  return {
    destination: key,
    provider,
    request: buildRedactedRequest(destination, context),
    issues: destination.check(context).map(withMessage),
  }
}

/** Builds the request that a destination would be sent, without credentials. */
export function buildRedactedRequest(
  { request, redact }: Pick<Destination, 'request' | 'redact'>,
  context: LeadContext,
): RedactedRequest {
  const { method, url, headers, body, sign } = request(context)
  // The moment of sending is part of the signature.
  const signed = sign ? { 'webhook-timestamp': redactedSecret, 'webhook-signature': redactedSecret } : {}
  const redacted = Object.entries({ ...headers, ...signed }).map(([name, value]) => [name, redact(value)])
  return {
    method,
    url: redact(url),
    headers: Object.fromEntries(redacted),
    ...(body === undefined ? {} : { body: redact(body) }),
  }
}

function withMessage(issue: FieldIssue): IssueWithMessage {
  return { ...issue, message: formatIssueMessage(issue) }
}
