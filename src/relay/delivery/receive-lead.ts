import type { Clock } from 'pg-boss'
import { validateConsents, validateValues } from '../../form/validate.ts'
import type { FormDefinition } from '../../form/definition.ts'
import { moscowDate } from '../../lead/calendar-date.ts'
import type { FieldIssue } from '../../lead/issue.ts'
import type { Lead } from '../../lead/lead.ts'
import { waitForAnswer } from './wait-for-answer.ts'
import type { CampaignSettings } from '../campaigns/campaign-settings.ts'
import type { LeadEvents } from './lead-events.ts'
import { planRevision } from '../leads/routing.ts'
import type { FormConfig } from '../config/form-config.ts'
import { hashKey, isSameHash } from '../hash.ts'
import { type LeadAnswer, deriveAnswer, isAnswerExpected, type LeadState } from '../leads/lead-state.ts'
import type { ValidatedLead, LeadStore } from '../leads/lead-store.ts'

/** What came of a posted lead. `conflict`: the id belongs to another key. */
export type ReceiveLeadResult = LeadAnswer | { readonly outcome: 'conflict' }

/** Who posted. */
export interface ClientInfo {
  readonly ip?: string | undefined
  readonly userAgent?: string | undefined
}

/** What the intake works with. */
export interface ReceiveLeadDeps {
  readonly leads: LeadStore
  readonly campaigns: Pick<CampaignSettings, 'definitionOf'>
  readonly leadEvents: LeadEvents
  readonly clock: Clock
}

/**
 * Takes a lead in: checks it, stores it with its jobs, and waits a while for what the destinations say. Throws only if
 * it could not be stored.
 */
export async function receiveLead(
  { leads, campaigns, leadEvents, clock }: ReceiveLeadDeps,
  form: FormConfig,
  formId: string,
  lead: Lead,
  caller: ClientInfo,
): Promise<ReceiveLeadResult> {
  const receivedAt = new Date(clock.now())
  const keyHash = hashKey(lead.key)
  // A lead that has been taken is answered as it stands, even if its form has other rules by now.
  const stored = await leads.find(lead.id)
  if (stored) {
    if (!matchesFormAndKey(stored, formId, keyHash)) return { outcome: 'conflict' }
    if (!planRevision(form, stored.deliveries) && !isAnswerExpected(stored))
      return deriveAnswer(stored.deliveries)
  }
  const { values, issues } = validateLead(form.definition, campaigns.definitionOf(form), lead, receivedAt)
  if (issues.length > 0) {
    const answer = stored && deriveAnswer(stored.deliveries)
    return answer?.outcome === 'accepted' ? answer : { outcome: 'invalid', issues }
  }

  const checked: ValidatedLead = {
    ...caller,
    id: lead.id,
    keyHash,
    form: formId,
    values,
    consents: lead.consents.filter((receipt) =>
      form.definition.consents.some(
        ({ id, version, documentUrl }) =>
          id === receipt.id && version === receipt.version && documentUrl === receipt.documentUrl,
      ),
    ),
    attribution: lead.attribution,
    page: lead.page,
    widget: lead.widget,
    receivedAt,
  }
  // Only the post itself, after remarks that somebody has read, insists on its values.
  let insists = stored !== undefined && !isAnswerExpected(stored)
  let held = false
  // After news it is received again: values that came while an attempt was running, and so could not be taken, may have
  // their turn now. Once they have had it, another post's values may follow them.
  const look = async () => {
    if (held) return leads.find(lead.id)
    const received = await leads.save(checked, form, { insists })
    insists = false
    held = received?.isCurrent ?? false
    return received?.state
  }
  const deadline = receivedAt.getTime() + form.answerWithinMs
  return (await waitForAnswer(look, lead.id, { leadEvents, clock }, deadline)) ?? { outcome: 'conflict' }
}

/** Whether a stored lead is this form's and this key's. */
export function matchesFormAndKey(state: LeadState, formId: string, keyHash: string): boolean {
  return state.form === formId && isSameHash(state.keyHash, keyHash)
}

/**
 * Checks a lead by the definition that is served now. What is missing of what only campaigns ask for is let pass: the
 * page may have got its definition before the campaigns' settings were known, and nobody could mend it there.
 */
function validateLead(
  own: FormDefinition,
  served: FormDefinition,
  lead: Lead,
  now: Date,
): { readonly values: Lead['values']; readonly issues: readonly FieldIssue[] } {
  const { values, issues } = validateValues(served, lead.values, moscowDate(now))
  const strict = own === served ? issues : validateValues(own, lead.values, moscowDate(now)).issues
  const standing = issues.filter(
    ({ field, code }) =>
      (code !== 'required' && code !== 'required-choice') ||
      strict.some((issue) => issue.field === field && issue.code === code),
  )
  return { values, issues: [...standing, ...validateConsents(served.consents, lead.consents)] }
}
