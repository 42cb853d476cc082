import type { Attribution } from '../../../../lead/attribution.ts'
import type { Outcome } from '../../../../lead/outcome.ts'
import type { StoredAudit } from '../../../leads/console/audit-log.ts'
import type { ListedLead } from '../../../leads/console/lead-list.ts'
import type {
  StoredAttempt,
  StoredLeadDetails,
  StoredReceipt,
  StoredRevision,
} from '../../../leads/console/load-lead-details.ts'
import { createTextMasker, maskValues } from '../../../leads/console/mask.ts'
import { canResolve, canRetry } from '../../../leads/console/retry-delivery.ts'
import { type DeliveryState, formatIssueMessage } from '../../../leads/lead-state.ts'
import type { Routing } from '../../../leads/routing.ts'
import type {
  AuditEntry,
  LeadAttempt,
  LeadConsent,
  LeadDeliveryDetails,
  LeadDetails,
  LeadRevisionDetails,
  LeadRow,
  LeadStatusName,
  MaskedRequest,
} from '../lead-answers.ts'
import { leadStatuses } from './parse-filter.ts'

/** A lead in a list, as it is answered. */
export function formatLeadRow(lead: ListedLead): LeadRow {
  const { id, number, form, person, receivedAt, amount, destination, problem, suspicions, step } = lead
  return {
    id,
    number,
    form,
    status: parseStatus(lead.status),
    receivedAt: receivedAt.toISOString(),
    person,
    ...(amount === undefined ? {} : { amount }),
    ...(destination === undefined ? {} : { destination }),
    ...(problem === undefined ? {} : { problem }),
    ...(step === null ? {} : { step }),
    ...(suspicions.length === 0 ? {} : { suspicions }),
  }
}

function parseStatus(status: string): LeadStatusName {
  return leadStatuses.find((known) => known === status) ?? 'queued'
}

/** What a lead's deliveries are described with. */
export interface DeliveryDescription {
  readonly routing: Routing
  /** The provider of a destination of this relay. */
  readonly providerOf: (destination: string) => string | undefined
  readonly requests: ReadonlyMap<string, MaskedRequest>
}

/** Everything that is stored of a lead, with the person's values masked. */
export function formatLeadDetails(lead: StoredLeadDetails, description: DeliveryDescription): LeadDetails {
  const { listed, state, revisions, receipts, decisions, messages, audit } = lead
  const mask = createTextMasker(revisions.map(({ values }) => values))
  return {
    ...formatLeadRow(listed),
    revision: state.revision,
    ...(state.ownAnswer === undefined ? {} : { ownAnswer: state.ownAnswer }),
    revisions: revisions.map((revision) => formatRevision(revision, receipts)),
    deliveries: state.deliveries.map((delivery) => formatDelivery(lead, delivery, description, mask)),
    decisions: decisions.map(({ decidedAt, ...decision }) => ({
      ...decision,
      decidedAt: decidedAt.toISOString(),
    })),
    messages: messages.map(({ createdAt, endedAt, reason, ...message }) => ({
      ...message,
      createdAt: createdAt.toISOString(),
      ...(endedAt === null ? {} : { endedAt: endedAt.toISOString() }),
      ...(reason === null ? {} : { reason: mask(reason) }),
    })),
    audit: audit.map(formatAudit),
  }
}

function formatRevision(
  { revision, receivedAt, values, consents, attribution, page, widget }: StoredRevision,
  receipts: readonly StoredReceipt[],
): LeadRevisionDetails {
  const { url, startedAt, submittedAt, variant } = page
  return {
    revision,
    receivedAt: receivedAt.toISOString(),
    values: maskValues(values),
    consents: consents.map((consent): LeadConsent => {
      const { id, documentUrl, version, textSha256, acceptedAt } = consent
      const receipt = receipts.find(
        (one) => one.revision === revision && one.consent.id === id && one.consent.acceptedAt === acceptedAt,
      )
      return {
        id,
        documentUrl,
        version,
        acceptedAt,
        ...(textSha256 === undefined ? {} : { textSha256 }),
        ...(receipt ? { receipt: formatReceipt(receipt) } : {}),
      }
    }),
    attribution: maskAttribution(attribution),
    page: { url, startedAt, submittedAt, ...(variant === undefined ? {} : { variant }) },
    widget,
  }
}

/** The page that linked to this one: its address without a query. */
function maskAttribution(attribution: Attribution): LeadRevisionDetails['attribution'] {
  return Object.fromEntries(
    Object.entries(attribution).map(([name, value]) => [
      name,
      typeof value === 'string'
        ? stripReferrer(name, value)
        : Object.fromEntries(Object.entries(value).map(([own, text]) => [own, stripReferrer(own, text)])),
    ]),
  )
}

function stripReferrer(name: string, value: string): string {
  return name === 'referrer' ? (value.split(/[?#]/, 1)[0] ?? '') : value
}

function formatReceipt({
  number,
  recipients,
  digest,
  batch,
}: StoredReceipt): NonNullable<LeadConsent['receipt']> {
  return {
    number,
    ...(recipients === null ? {} : { recipients }),
    ...(digest === null ? {} : { digest }),
    ...(batch === null ? {} : { batch }),
  }
}

function formatDelivery(
  lead: StoredLeadDetails,
  state: DeliveryState,
  { routing, providerOf, requests }: DeliveryDescription,
  mask: (text: string) => string,
): LeadDeliveryDetails {
  const { destination, status, running, mayHaveArrived, blockedUntil, outcome } = state
  const stored = lead.deliveries.find((delivery) => delivery.destination === destination)
  const provider = providerOf(destination)
  const request = requests.get(destination)
  return {
    destination,
    ...(provider === undefined ? {} : { provider }),
    revision: stored?.revision ?? lead.state.revision,
    status,
    ...(outcome === null ? {} : { outcome: outcome.outcome, ...formatOutcome(outcome, mask) }),
    running,
    mayHaveArrived,
    queuedAt: (stored?.queuedAt ?? lead.listed.receivedAt).toISOString(),
    ...(stored?.settledAt ? { settledAt: stored.settledAt.toISOString() } : {}),
    ...(blockedUntil ? { blockedUntil: blockedUntil.toISOString() } : {}),
    canRetry: canRetry(routing, lead.state, state),
    canResolve: canResolve(state),
    attempts: lead.attempts
      .filter((attempt) => attempt.destination === destination)
      .map((attempt) => formatAttempt(attempt, mask)),
    progress: lead.progress
      .filter((progress) => progress.destination === destination)
      .map(({ seenAt, progress }) => ({ seenAt: seenAt.toISOString(), receivers: progress })),
    ...(request ? { request } : {}),
  }
}

/** The provider's own words, and what it says about fields. */
function formatOutcome(
  outcome: Outcome,
  mask: (text: string) => string,
): Pick<LeadDeliveryDetails, 'words' | 'fields' | 'providerId'> {
  switch (outcome.outcome) {
    case 'accepted': {
      const { providerId, notices, payout } = outcome
      const words = [...(notices ?? []), ...(payout === undefined ? [] : [payout])]
      return {
        ...(providerId === undefined ? {} : { providerId }),
        ...(words.length === 0 ? {} : { words: words.map(mask) }),
      }
    }
    case 'invalid':
    case 'verification': {
      const { issues = [] } = outcome
      const isEmpty = issues.length === 0
      return isEmpty
        ? {}
        : {
            fields: issues.map(({ field }) => field),
            words: issues.map((issue) => mask(formatIssueMessage(issue))),
          }
    }
    case 'duplicate':
      return {}
    case 'declined':
    case 'unavailable':
    case 'refused':
    case 'unreadable':
    case 'uncertain':
      return outcome.reason === undefined ? {} : { words: [mask(outcome.reason)] }
  }
}

function formatAttempt(attempt: StoredAttempt, mask: (text: string) => string): LeadAttempt {
  const { revision, number, operation, startedAt, finishedAt, outcome } = attempt
  return {
    revision,
    number,
    operation,
    startedAt: startedAt.toISOString(),
    ...(finishedAt === null ? {} : { finishedAt: finishedAt.toISOString() }),
    ...(outcome === null ? {} : { outcome: outcome.outcome }),
    ...(outcome?.reason === undefined ? {} : { reason: mask(outcome.reason) }),
    ...(outcome?.mayHaveArrived === undefined ? {} : { mayHaveArrived: outcome.mayHaveArrived }),
  }
}

/** A line of the audit log, as it is answered. */
export function formatAudit(line: StoredAudit): AuditEntry {
  const { at, user, action, lead, leadHash, details, count } = line
  return {
    at: at.toISOString(),
    user,
    action,
    ...(lead === null ? {} : { lead }),
    // While the lead is stored, its id says more.
    ...(lead !== null || leadHash === null ? {} : { leadHash }),
    ...(Object.keys(details).length === 0 ? {} : { details }),
    ...(count === null ? {} : { count }),
  }
}
