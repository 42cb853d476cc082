import type { Clock } from 'pg-boss'
import { checkConsents, checkValues } from '../form/check.ts'
import { moscowDate } from '../lead/calendar-date.ts'
import type { FieldIssue } from '../lead/issue.ts'
import type { Lead } from '../lead/lead.ts'
import type { DecisionBoard } from './decision-board.ts'
import type { FormSetup } from './form-setup.ts'
import { hashKey, isSameHash } from './key-hash.ts'
import { type Answer, answerOf, isBusy, isLocked, type LeadState } from './lead-state.ts'
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
  readonly board: DecisionBoard
  readonly clock: Clock
}

/**
 * Takes a lead in: checks it, stores it with its jobs, and waits a while for what the destinations say. Throws only if
 * it could not be stored.
 */
export async function takeLead(
  { leads, board, clock }: IntakePorts,
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
    if (isLocked(stored) && !isBusy(stored)) return answerOf(stored.deliveries)
  }
  const { values, issues } = check(form, lead, receivedAt)
  if (issues.length > 0) return { outcome: 'invalid', issues }

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
    destinations: form.destinations.map(({ key }) => key),
  }
  const deadline = receivedAt.getTime() + form.answerWithinMs
  for (;;) {
    const { news, stop } = board.listen(lead.id)
    try {
      const state = await leads.receive(checked)
      if (!state) return { outcome: 'conflict' }
      const left = deadline - clock.now()
      if (!isBusy(state) || left <= 0) return answerOf(state.deliveries)
      // After the news it is received again: values that came while an attempt was running, and so could not be
      // taken, may have their turn now.
      if (!(await isInTime(news, clock, left))) return answerOf(state.deliveries)
    } finally {
      stop()
    }
  }
}

/** Whether a stored lead is this form's and this key's. */
export function belongsTo(state: LeadState, formId: string, keyHash: string): boolean {
  return state.form === formId && isSameHash(state.keyHash, keyHash)
}

function check(
  { definition }: FormSetup,
  lead: Lead,
  now: Date,
): { readonly values: Lead['values']; readonly issues: readonly FieldIssue[] } {
  const { values, issues } = checkValues(definition, lead.values, moscowDate(now))
  return { values, issues: [...issues, ...checkConsents(definition.consents, lead.consents)] }
}

async function isInTime(news: Promise<boolean>, clock: Clock, ms: number): Promise<boolean> {
  const late = Promise.withResolvers<boolean>()
  const timer = clock.setTimeout(() => late.resolve(false), ms)
  try {
    return await Promise.race([news, late.promise])
  } finally {
    clock.clearTimeout(timer)
  }
}
