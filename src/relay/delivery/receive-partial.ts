import { validateConsents, validateValues } from '../../form/validate.ts'
import { moscowDate } from '../../lead/calendar-date.ts'
import type { FieldIssue } from '../../lead/issue.ts'
import type { Lead } from '../../lead/lead.ts'
import type { FormConfig } from '../config/form-config.ts'
import { deriveAnswer, type LeadState } from '../leads/lead-state.ts'
import { hashKey } from '../runtime/hash.ts'
import {
  type ClientInfo,
  matchesFormAndKey,
  type ReceiveLeadDeps,
  type ReceiveLeadResult,
  toValidatedLead,
} from './receive-lead.ts'

/** The result of a posted partial lead. `partial`: it is stored. A finished lead has its own answer, and stays as it is. */
export type ReceivePartialResult = ReceiveLeadResult | { readonly outcome: 'partial' }

/** A lead that the person has not finished, and the step that they are at. */
export interface PartialLead {
  readonly lead: Lead
  readonly step: string
}

/**
 * Receives a lead that the person has not finished: checks what there is, and stores it for no destination. Throws only
 * if it could not be stored.
 */
export async function receivePartial(
  { leads, campaigns, metrics, clock }: ReceiveLeadDeps,
  form: FormConfig,
  formId: string,
  { lead, step }: PartialLead,
  client: ClientInfo,
): Promise<ReceivePartialResult> {
  const receivedAt = new Date(clock.now())
  const begun = performance.now()
  const { values, issues } = validatePartial(form, campaigns.definitionOf(form), lead, receivedAt)
  if (issues.length > 0) {
    const stored = await leads.find(lead.id)
    if (stored && !matchesFormAndKey(stored, formId, hashKey(lead.key))) return { outcome: 'conflict' }
    if (!stored && (await leads.isErased(lead.id))) return { outcome: 'erased' }
    return stored && stored.partialStep === undefined ? deriveAnswer(stored) : { outcome: 'invalid', issues }
  }
  const validated = toValidatedLead(form, formId, { ...lead, values }, client, receivedAt)
  const saved = await leads.save({ ...validated, partialStep: step }, form)
  if (!saved) return (await leads.isErased(lead.id)) ? { outcome: 'erased' } : { outcome: 'conflict' }
  if (saved.isCurrent) metrics.stored(formId, (performance.now() - begun) / 1000)
  return answerPartial(saved.state)
}

/** The answer to a partial lead, from what is stored. */
function answerPartial(state: LeadState): ReceivePartialResult {
  return state.partialStep === undefined ? deriveAnswer(state) : { outcome: 'partial' }
}

/** Checks the values that there are, the phone, without which nobody can be asked to go on, and the consents. */
function validatePartial(
  form: FormConfig,
  served: FormConfig['definition'],
  lead: Lead,
  now: Date,
): { readonly values: Lead['values']; readonly issues: readonly FieldIssue[] } {
  const { values, issues } = validateValues(served, lead.values, moscowDate(now))
  const given = issues.filter(({ code }) => code !== 'required' && code !== 'required-choice')
  const isPhoneMissing = values.phone === undefined && !given.some(({ field }) => field === 'phone')
  return {
    values,
    issues: [
      ...given,
      ...(isPhoneMissing ? [{ field: 'phone', code: 'required' } as const] : []),
      ...validateConsents(form.definition.consents, lead.consents),
    ],
  }
}
