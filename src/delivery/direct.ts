import type { Delivery, SendResult } from '../lead/delivery.ts'
import type { Lead } from '../lead/lead.ts'
import type { Outcome } from '../lead/outcome.ts'
import type { LeadValues } from '../lead/values.ts'
import type { Provider } from '../providers/core/provider.ts'
import type { LeadContext } from '../providers/core/context.ts'
import type { BaseConfig } from '../providers/core/field-rules.ts'
import { checkLead } from '../providers/core/check-lead.ts'
import { createLeadContext } from './lead-context.ts'
import { describeException } from '../lead/describe-exception.ts'
import { type DirectClientDeps, createDirectClient } from './direct-client.ts'
import { missingTokenOutcome } from './token-cache.ts'

/** What direct delivery needs from outside. */
export interface DirectDeliveryDeps extends DirectClientDeps {
  /** Called with what the page's author has to correct. Never holds a credential. */
  onProblem(reason: string): void
}

/** The earlier calls for one revision of a lead. */
type AttemptHistory = Pick<LeadContext, 'attempt' | 'mayHaveArrived'>

/**
 * Creates a delivery straight from a page to a provider. It stores no leads and does not try again later, so whatever
 * is undecided is reported as a failure, and the person decides.
 */
export function createDirectDelivery<Config extends BaseConfig>(
  provider: Provider<Config>,
  config: Config,
  deps: DirectDeliveryDeps,
): Delivery {
  const client = createDirectClient(provider, config, deps)
  const { create, confirm } = provider.operations
  // Keyed by the object itself, so that no value outlives the form.
  const revisions = new WeakMap<LeadValues, AttemptHistory>()
  /** The provider's ids of applications that wait for a code, by the lead's id. */
  const applications = new Map<string, string | undefined>()

  /** Tries once more only where that cannot create a second lead. */
  async function deliver(lead: Lead): Promise<SendResult> {
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await send(lead)
      const mayDuplicate = create.retry !== 'safe' && revisions.get(lead.values)?.mayHaveArrived === true
      if (outcome.outcome !== 'unavailable' || mayDuplicate || attempt === 2)
        return toSendResult(outcome, mayDuplicate)
    }
  }

  async function send(lead: Lead): Promise<Outcome> {
    const { attempt, mayHaveArrived } = revisions.get(lead.values) ?? { attempt: 0, mayHaveArrived: false }
    const context = createLeadContext(lead, deps.now(), { attempt: attempt + 1, mayHaveArrived })
    const unmetPrecondition = provider.precondition?.(config, context)
    if (unmetPrecondition) return unmetPrecondition
    const issues = checkLead(provider, config, context)
    if (issues.length > 0) return { outcome: 'invalid', issues }
    const result = await client.call(create, context)
    const outcome = 'problem' in result ? missingTokenOutcome(result) : result.answer
    revisions.set(lead.values, {
      attempt: context.attempt,
      mayHaveArrived: mayHaveArrived || isUncertain(outcome),
    })
    applications.set(lead.id, outcome.outcome === 'verification' ? outcome.applicationId : undefined)
    return outcome
  }

  function failUnexpectedly(exception: unknown): SendResult {
    deps.onProblem(`the adapter failed unexpectedly (${describeException(exception)})`)
    return { outcome: 'failed', code: 'unexpected' }
  }

  /** `mayDuplicate`: sent again, the lead could arrive a second time. */
  function toSendResult(outcome: Outcome, mayDuplicate: boolean): SendResult {
    switch (outcome.outcome) {
      case 'accepted':
      case 'duplicate':
      case 'declined':
        return { outcome: outcome.outcome }
      case 'verification': {
        const { attemptsLeft, issues } = outcome
        return {
          outcome: 'verification',
          ...(issues ? { issues } : {}),
          ...(attemptsLeft === undefined ? {} : { attemptsLeft }),
        }
      }
      case 'invalid':
        return { outcome: 'invalid', issues: outcome.issues }
      case 'unavailable':
      case 'refused':
      case 'unreadable':
      case 'uncertain':
        deps.onProblem(outcome.reason)
        return {
          outcome: 'failed',
          code: mayDuplicate && isUncertain(outcome) ? 'uncertain' : outcome.outcome,
          ...(outcome.outcome === 'unavailable' && !mayDuplicate ? { isRepeatable: true } : {}),
        }
    }
  }

  return {
    send: (lead) => deliver(lead).catch(failUnexpectedly),

    async confirm(lead, code) {
      const applicationId = applications.get(lead.id)
      if (!confirm || applicationId === undefined) {
        deps.onProblem('no application waits for a code')
        return { outcome: 'failed', code: 'unexpected' }
      }
      try {
        const result = await client.call(confirm, { now: deps.now(), applicationId, code })
        return toSendResult('problem' in result ? missingTokenOutcome(result) : result.answer, true)
      } catch (exception) {
        return failUnexpectedly(exception)
      }
    },
  }
}

function isUncertain(outcome: Outcome): boolean {
  return outcome.outcome === 'uncertain' || ('mayHaveArrived' in outcome && outcome.mayHaveArrived)
}
