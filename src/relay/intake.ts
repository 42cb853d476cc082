import type { Clock } from 'pg-boss'
import { checkConsents, checkValues } from '../form/check.ts'
import type { FormDefinition } from '../form/definition.ts'
import { moscowDate } from '../lead/calendar-date.ts'
import type { FieldIssue } from '../lead/issue.ts'
import type { Lead } from '../lead/lead.ts'
import { awaitAnswer } from './await-answer.ts'
import type { CampaignNews } from './campaign-news.ts'
import type { DecisionBoard } from './decision-board.ts'
import { planRevision } from './delivery-plan.ts'
import type { FormSetup } from './form-setup.ts'
import { hashKey, isSameHash } from './key-hash.ts'
import { type Answer, answerOf, isBusy, type LeadState } from './lead-state.ts'
import type { CheckedLead, LeadStore } from './lead-store.ts'

/** What came of a posted lead. `conflict`: the id belongs to another key. */
export type Receipt = Answer | { readonly outcome: 'conflict' }

/** Who posted. */
export interface Caller {
  readonly ip?: string | undefined
  readonly userAgent?: string | undefined
}

/** What the intake works with. */
export interface IntakePorts {
  readonly leads: LeadStore
  readonly campaigns: Pick<CampaignNews, 'definitionOf'>
  readonly board: DecisionBoard
  readonly clock: Clock
}

/**
 * Takes a lead in: checks it, stores it with its jobs, and waits a while for what the destinations say. Throws only if
 * it could not be stored.
 */
export async function takeLead(
  { leads, campaigns, board, clock }: IntakePorts,
  form: FormSetup,
  formId: string,
  lead: Lead,
  caller: Caller,
): Promise<Receipt> {
  const receivedAt = new Date(clock.now())
  const keyHash = hashKey(lead.key)
  // A lead that has been taken is answered as it stands, even if its form has other rules by now.
  const stored = await leads.find(lead.id)
  if (stored) {
    if (!belongsTo(stored, formId, keyHash)) return { outcome: 'conflict' }
    if (!planRevision(form, stored.deliveries) && !isBusy(stored)) return answerOf(stored.deliveries)
  }
  const { values, issues } = check(form.definition, campaigns.definitionOf(form), lead, receivedAt)
  if (issues.length > 0) {
    const answer = stored && answerOf(stored.deliveries)
    return answer?.outcome === 'accepted' ? answer : { outcome: 'invalid', issues }
  }

  const checked: CheckedLead = {
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
  let insists = stored !== undefined && !isBusy(stored)
  let held = false
  // After news it is received again: values that came while an attempt was running, and so could not be taken, may have
  // their turn now. Once they have had it, another post's values may follow them.
  const look = async () => {
    if (held) return leads.find(lead.id)
    const received = await leads.receive(checked, form, { insists })
    insists = false
    held = received?.held ?? false
    return received?.state
  }
  const deadline = receivedAt.getTime() + form.answerWithinMs
  return (await awaitAnswer(look, lead.id, { board, clock }, deadline)) ?? { outcome: 'conflict' }
}

/** Whether a stored lead is this form's and this key's. */
export function belongsTo(state: LeadState, formId: string, keyHash: string): boolean {
  return state.form === formId && isSameHash(state.keyHash, keyHash)
}

/**
 * Checks a lead by the definition that is served now. What is missing of what only campaigns ask for is let pass: the
 * page may have got its definition before the campaigns' settings were known, and nobody could mend it there.
 */
function check(
  own: FormDefinition,
  served: FormDefinition,
  lead: Lead,
  now: Date,
): { readonly values: Lead['values']; readonly issues: readonly FieldIssue[] } {
  const { values, issues } = checkValues(served, lead.values, moscowDate(now))
  const strict = own === served ? issues : checkValues(own, lead.values, moscowDate(now)).issues
  const standing = issues.filter(
    ({ field, code }) =>
      (code !== 'required' && code !== 'required-choice') ||
      strict.some((issue) => issue.field === field && issue.code === code),
  )
  return { values, issues: [...standing, ...checkConsents(served.consents, lead.consents)] }
}
