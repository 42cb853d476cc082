import type { Clock } from 'pg-boss'
import { validateConsents, validateValues } from '../../form/validate.ts'
import type { FormDefinition } from '../../form/definition.ts'
import { moscowDate } from '../../lead/calendar-date.ts'
import type { FieldIssue } from '../../lead/issue.ts'
import type { Lead } from '../../lead/lead.ts'
import { waitForAnswer } from './wait-for-answer.ts'
import type { CampaignSettings } from '../campaigns/campaign-settings.ts'
import type { LeadEvents } from './lead-events.ts'
import { nameRecipient } from '../leads/privacy/consents/recipients.ts'
import { planRevision } from '../leads/routing.ts'
import type { FormConfig } from '../config/form-config.ts'
import { elapsedMs } from '../runtime/elapsed-time.ts'
import { hashKey, isSameHash } from '../runtime/hash.ts'
import { type LeadAnswer, deriveAnswer, isAnswerExpected, type LeadState } from '../leads/lead-state.ts'
import type { Metrics } from '../runtime/metrics.ts'
import type { LeadStore } from '../leads/lead-store.ts'
import type { ValidatedLead } from '../leads/revisions/store-revision.ts'

/** The result of a posted lead. `conflict`: the id belongs to another key. `erased`: the lead of the id was erased. */
export type ReceiveLeadResult = LeadAnswer | { readonly outcome: 'conflict' } | { readonly outcome: 'erased' }

/** The client that posted a lead. */
export interface ClientInfo {
  readonly ip?: string | undefined
  readonly userAgent?: string | undefined
  /** Why the lead looks as if no person had filled it in. */
  readonly suspicions?: readonly string[] | undefined
}

/** What receiving depends on. */
export interface ReceiveLeadDeps {
  readonly leads: LeadStore
  readonly campaigns: Pick<CampaignSettings, 'definitionOf'>
  readonly leadEvents: LeadEvents
  readonly metrics: Pick<Metrics, 'stored'>
  /** Has jobs for these destinations fetched now. */
  readonly wakeWorker: (destinations: readonly string[]) => void
  readonly clock: Clock
}

/**
 * Receives a lead: validates it, stores it with its jobs, and waits up to `answerWithinMs` for the destinations' answer.
 * Throws only if the lead could not be stored.
 */
export async function receiveLead(
  { leads, campaigns, leadEvents, metrics, wakeWorker, clock }: ReceiveLeadDeps,
  form: FormConfig,
  formId: string,
  lead: Lead,
  client: ClientInfo,
): Promise<ReceiveLeadResult> {
  const receivedAt = new Date(clock.now())
  const begun = performance.now()
  const deadline = elapsedMs(clock) + form.answerWithinMs
  const keyHash = hashKey(lead.key)
  const { values, issues } = validateLead(form.definition, campaigns.definitionOf(form), lead, receivedAt)
  if (issues.length > 0) {
    const stored = await leads.find(lead.id)
    if (stored && !matchesFormAndKey(stored, formId, keyHash)) return { outcome: 'conflict' }
    if (!stored && (await leads.isErased(lead.id))) return { outcome: 'erased' }
    return (stored && unchangeableAnswer(form, stored)) ?? { outcome: 'invalid', issues }
  }

  const validated = toValidatedLead(form, formId, { ...lead, values }, client, receivedAt)
  // What is held is stored, and waits for no destination.
  const isHeld = form.suspects === 'hold' && (client.suspicions?.length ?? 0) > 0
  const routing = isHeld ? { ...form, destinations: [] } : form
  // Only the first save acknowledges warnings that the person has read.
  let acknowledges = true
  let isCurrent = false
  let storedRevision = 0
  // Values that arrive while an attempt is running cannot be stored at that moment, so saving is tried again after every
  // event. Once they have been stored, another post may replace them.
  const load = async (known?: LeadState) => {
    // An event may be late, and carry the end of the revision before.
    if (isCurrent) return known && known.revision >= storedRevision ? known : leads.find(lead.id)
    const saved = await leads.save(validated, routing, { acknowledges })
    acknowledges = false
    isCurrent = saved?.isCurrent ?? false
    storedRevision = saved?.state.revision ?? 0
    if (isCurrent) metrics.stored(formId, (performance.now() - begun) / 1000)
    if (saved && saved.queued.length > 0) wakeWorker(saved.queued)
    return saved?.state
  }
  const answer = await waitForAnswer(load, lead.id, { leadEvents, clock }, deadline)
  if (answer) return answer
  return (await leads.isErased(lead.id)) ? { outcome: 'erased' } : { outcome: 'conflict' }
}

/** A lead with valid values as it is stored: with the consents that the form asks for, and no others. */
export function toValidatedLead(
  form: FormConfig,
  formId: string,
  { id, key, values, consents, attribution, page, widget }: Lead,
  client: ClientInfo,
  receivedAt: Date,
): ValidatedLead {
  return {
    ...client,
    id,
    keyHash: hashKey(key),
    form: formId,
    values,
    consents: consents.filter((receipt) =>
      form.definition.consents.some(
        (consent) =>
          consent.id === receipt.id &&
          consent.version === receipt.version &&
          consent.documentUrl === receipt.documentUrl,
      ),
    ),
    attribution,
    page,
    widget,
    recipients: form.destinations.map(nameRecipient),
    receivedAt,
  }
}

/**
 * Whether a post stores nothing, because its lead is stored so already or can no longer change. `step`: where the person is,
 * in a lead that is not finished.
 */
export async function changesNothing(
  { leads, campaigns, clock }: Pick<ReceiveLeadDeps, 'leads' | 'campaigns' | 'clock'>,
  form: FormConfig,
  formId: string,
  { lead, step }: { readonly lead: Lead; readonly step: string | undefined },
): Promise<boolean> {
  const now = new Date(clock.now())
  const stored = await leads.find(lead.id)
  if (!stored || !matchesFormAndKey(stored, formId, hashKey(lead.key))) return false
  const isFixed = step === undefined ? unchangeableAnswer(form, stored) : stored.partialStep === undefined
  if (isFixed) return true
  const { values } = validateValues(campaigns.definitionOf(form), lead.values, moscowDate(now))
  const validated = toValidatedLead(form, formId, { ...lead, values }, {}, now)
  return leads.repeats({ ...validated, partialStep: step }, stored)
}

/** The answer of a lead that can no longer change. It holds even if the form's rules have changed. */
function unchangeableAnswer(form: FormConfig, state: LeadState): LeadAnswer | undefined {
  const answer = deriveAnswer(state)
  const isSettled = !planRevision(form, state.deliveries) && !isAnswerExpected(state)
  return isSettled || answer.outcome === 'accepted' ? answer : undefined
}

/** Whether a stored lead belongs to this form and this key. */
export function matchesFormAndKey(state: LeadState, formId: string, keyHash: string): boolean {
  return state.form === formId && isSameHash(state.keyHash, keyHash)
}

/**
 * Validates a lead by the definition that is served now. A missing value that only campaigns require is not an issue: the
 * page may have loaded its definition before the campaigns' settings were known, and could not ask for the value.
 */
function validateLead(
  own: FormDefinition,
  served: FormDefinition,
  lead: Lead,
  now: Date,
): { readonly values: Lead['values']; readonly issues: readonly FieldIssue[] } {
  const { values, issues } = validateValues(served, lead.values, moscowDate(now))
  const strict = own === served ? issues : validateValues(own, lead.values, moscowDate(now)).issues
  const relevant = issues.filter(
    ({ field, code }) =>
      (code !== 'required' && code !== 'required-choice') ||
      strict.some((issue) => issue.field === field && issue.code === code),
  )
  return { values, issues: [...relevant, ...validateConsents(served.consents, lead.consents)] }
}
