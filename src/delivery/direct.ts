import type { Delivery, SendResult } from '../lead/delivery.ts'
import type { Lead } from '../lead/lead.ts'
import type { Outcome } from '../lead/outcome.ts'
import type { LeadValues } from '../lead/values.ts'
import type { Provider } from '../providers/core/provider.ts'
import type { LeadContext } from '../providers/core/context.ts'
import type { BaseConfig } from '../providers/core/field-rules.ts'
import { createProviderContext, checkLead } from './lead-context.ts'
import { type DirectClientDeps, createDirectClient, type NoAccessToken } from './direct-client.ts'

/** What direct delivery needs from outside. */
export interface DirectDeliveryDeps extends DirectClientDeps {
  /** Told what the page's author has to mend; holds no credential. */
  onProblem(reason: string): void
}

/** What is known of the calls for one revision of a lead. */
type AttemptHistory = Pick<LeadContext, 'attempt' | 'mayHaveArrived'>

/**
 * Sends leads straight from a page to a provider. Nobody stores them and nobody tries again later, so what is still open
 * is told as a failure, and the person decides.
 */
export function createDirectDelivery<Config extends BaseConfig>(
  provider: Provider<Config>,
  config: Config,
  ports: DirectDeliveryDeps,
): Delivery {
  const calls = createDirectClient(provider, config, ports)
  const { create, confirm } = provider.operations
  // By the very object, so that no value outlives the form's own.
  const revisions = new WeakMap<LeadValues, AttemptHistory>()
  /** The provider's ids of applications that wait for a code, by lead. */
  const applications = new Map<string, string | undefined>()

  /** Tries once more by itself only where that cannot make a second lead. */
  async function deliver(lead: Lead): Promise<SendResult> {
    for (let tries = 1; ; tries += 1) {
      const outcome = await send(lead)
      const twice = create.retry !== 'safe' && revisions.get(lead.values)?.mayHaveArrived === true
      if (outcome.outcome !== 'unavailable' || twice || tries === 2) return resultOf(outcome, twice)
    }
  }

  async function send(lead: Lead): Promise<Outcome> {
    const { attempt, mayHaveArrived } = revisions.get(lead.values) ?? { attempt: 0, mayHaveArrived: false }
    const context = createProviderContext(lead, ports.now(), { attempt: attempt + 1, mayHaveArrived })
    const withheld = provider.precondition?.(config, context)
    if (withheld) return withheld
    const issues = checkLead(provider, config, context)
    if (issues.length > 0) return { outcome: 'invalid', issues }
    const made = await calls.call(create, context)
    const outcome = 'problem' in made ? noTokenOutcome(made) : made.answer
    revisions.set(lead.values, {
      attempt: context.attempt,
      mayHaveArrived: mayHaveArrived || isUncertain(outcome),
    })
    applications.set(lead.id, outcome.outcome === 'verification' ? outcome.applicationId : undefined)
    return outcome
  }

  function fault(): SendResult {
    ports.onProblem('the adapter met a fault')
    return { outcome: 'failed', code: 'unexpected' }
  }

  /** `twice`: sent again, the lead could be there a second time. */
  function resultOf(outcome: Outcome, twice: boolean): SendResult {
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
        ports.onProblem(outcome.reason)
        return { outcome: 'failed', code: twice && isUncertain(outcome) ? 'uncertain' : outcome.outcome }
    }
  }

  return {
    send: (lead) => deliver(lead).catch(fault),

    async confirm(lead, code) {
      const applicationId = applications.get(lead.id)
      if (!confirm || applicationId === undefined) return fault()
      try {
        const made = await calls.call(confirm, { now: ports.now(), applicationId, code })
        return resultOf('problem' in made ? noTokenOutcome(made) : made.answer, true)
      } catch {
        return fault()
      }
    },
  }
}

function isUncertain(outcome: Outcome): boolean {
  return outcome.outcome === 'uncertain' || ('mayHaveArrived' in outcome && outcome.mayHaveArrived)
}

function noTokenOutcome({ problem, refused }: NoAccessToken): Outcome {
  const reason = `no access token: ${problem}`
  return refused ? { outcome: 'refused', reason } : { outcome: 'unavailable', reason, mayHaveArrived: false }
}
