import type { Delivery } from '../lead/delivery.ts'
import type { Lead } from '../lead/lead.ts'
import type { Outcome } from '../lead/outcome.ts'
import type { SendResult } from '../lead/send-result.ts'
import type { LeadValues } from '../lead/values.ts'
import type { Provider, ProviderContext } from '../providers/provider.ts'
import type { WithRules } from '../providers/write-parameters.ts'
import { leadContext, leadIssues } from './lead-context.ts'
import { type CallPorts, createProviderCalls, type NoToken } from './provider-calls.ts'

/** What direct delivery needs from outside. */
export interface DirectPorts extends CallPorts {
  /** Told what the page's author has to mend; holds no credential. */
  onProblem(reason: string): void
}

/** What is known of the calls for one revision of a lead. */
type Tried = Pick<ProviderContext, 'attempt' | 'mayHaveArrived'>

/**
 * Sends leads straight from a page to a provider. Nobody stores them and nobody tries again later, so what is still open
 * is told as a failure, and the person decides.
 */
export function createDirectDelivery<Config extends WithRules>(
  provider: Provider<Config>,
  config: Config,
  ports: DirectPorts,
): Delivery {
  const calls = createProviderCalls(provider, config, ports)
  const { create, confirm } = provider.operations
  // By the very object, so that no value outlives the form's own.
  const revisions = new WeakMap<LeadValues, Tried>()
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
    const context = leadContext(lead, ports.now(), { attempt: attempt + 1, mayHaveArrived })
    const withheld = provider.withhold?.(config, context)
    if (withheld) return withheld
    const issues = leadIssues(provider, config, context)
    if (issues.length > 0) return { outcome: 'invalid', issues }
    const made = await calls.make(create, context)
    const outcome = 'problem' in made ? withoutToken(made) : made.answer
    revisions.set(lead.values, {
      attempt: context.attempt,
      mayHaveArrived: mayHaveArrived || isUnsure(outcome),
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
        return { outcome: 'failed', code: twice && isUnsure(outcome) ? 'uncertain' : outcome.outcome }
    }
  }

  return {
    send: (lead) => deliver(lead).catch(fault),

    async confirm(lead, code) {
      const applicationId = applications.get(lead.id)
      if (!confirm || applicationId === undefined) return fault()
      try {
        const made = await calls.make(confirm, { now: ports.now(), applicationId, code })
        return resultOf('problem' in made ? withoutToken(made) : made.answer, true)
      } catch {
        return fault()
      }
    },
  }
}

function isUnsure(outcome: Outcome): boolean {
  return outcome.outcome === 'uncertain' || ('mayHaveArrived' in outcome && outcome.mayHaveArrived)
}

function withoutToken({ problem, refused }: NoToken): Outcome {
  const reason = `no access token: ${problem}`
  return refused ? { outcome: 'refused', reason } : { outcome: 'unavailable', reason, mayHaveArrived: false }
}
