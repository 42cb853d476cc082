import type { Clock } from 'pg-boss'
import type { CampaignSettings } from '../../campaigns/campaign-settings.ts'
import type { RelayConfig } from '../../config/config.ts'
import type { AccountPauses } from '../../destinations/account-pauses.ts'
import { type CountsByDestination, sumCounts } from '../../leads/statistics/delivery-counts.ts'
import type { DestinationReports } from '../../leads/statistics/destination-reports.ts'
import { describeError, type Log } from '../../log.ts'
import type { QueueGauge } from '../../runtime/metrics.ts'
import { describeDestinations, type DestinationHealth, findDestinationReasons } from './destination-health.ts'
import type { HealthCheck, HealthFinding } from './health-check.ts'
import type { RelayRegistry } from './relay-registry.ts'

/** The state of the relay. */
export interface HealthReport {
  /** `ok`: everything works. `degraded`: somebody has to look at it. `down`: no lead can be stored. */
  readonly status: HealthFinding['status']
  /** Everything that wants a person, in sentences without a person's value. */
  readonly reasons: readonly string[]
  /** Facts for the operator. They hold no value of the configuration and no personal data. */
  readonly details: object
  /** The waiting deliveries, for metrics. */
  readonly queue: readonly QueueGauge[]
}

/** Reports the state of the relay. */
export interface Health {
  /** Never rejects. */
  report(): Promise<HealthReport>
}

/** What a report is made of. */
export interface HealthDeps {
  readonly countDeliveries: (now: Date) => Promise<CountsByDestination>
  readonly reports: Pick<DestinationReports, 'read'>
  readonly pauses: Pick<AccountPauses, 'remainingMs'>
  readonly campaigns: Pick<CampaignSettings, 'problems'>
  readonly registry: Pick<RelayRegistry, 'id' | 'configuration' | 'others'>
  /** When deliveries without a job were found last. */
  readonly lastFind: () => object | undefined
  /** Storage, free space and whatever else the relay needs. */
  readonly checks: readonly HealthCheck[]
  readonly clock: Clock
  readonly log: Log
}

/** Creates the health of a relay with this configuration. */
export function createHealth({ forms }: Pick<RelayConfig, 'forms'>, deps: HealthDeps): Health {
  async function readDestinations(now: Date): Promise<readonly DestinationHealth[]> {
    const [counts, reports] = await Promise.all([deps.countDeliveries(now), deps.reports.read()])
    return describeDestinations(forms, { counts, reports, pauses: deps.pauses, now })
  }

  async function readRelays(): Promise<{ readonly reasons: readonly string[]; readonly facts: object }> {
    const others = await deps.registry.others()
    const { id, configuration } = deps.registry
    const different = others.filter((other) => other.configuration !== configuration)
    const reasons =
      different.length > 0
        ? [
            `${different.length} of ${others.length} other relays on this database have another configuration: give all the same and reload it there.`,
          ]
        : []
    return { reasons, facts: { id, configuration, ...(others.length > 0 ? { relays: others } : {}) } }
  }

  return {
    async report() {
      const now = new Date(deps.clock.now())
      // Saved versions come and go while the relay runs.
      const refused = [...forms].flatMap(([id, result]) =>
        'problems' in result ? [[id, result.problems]] : [],
      )
      const formStates = Object.fromEntries(
        [...forms].map(([id, result]) => [id, 'problems' in result ? 'refused' : 'ok']),
      )
      const findings = await Promise.all(deps.checks.map((check) => check.check()))
      const checkFacts = Object.fromEntries(
        deps.checks.flatMap(({ name }, index) => {
          const facts = findings[index]?.facts
          return facts === undefined ? [] : [[name, facts]]
        }),
      )
      const campaignProblems = deps.campaigns.problems()
      const campaigns = Object.keys(campaignProblems).length > 0 ? { campaigns: campaignProblems } : {}
      const common = {
        forms: formStates,
        ...(refused.length > 0 ? { problems: Object.fromEntries(refused) } : {}),
        ...campaigns,
        ...checkFacts,
      }
      const reasons = [
        ...findings.flatMap(({ reason }) => (reason === undefined ? [] : [reason])),
        ...refused.map(
          ([id]) => `The form ${String(id)} is refused: correct its configuration and reload it.`,
        ),
        ...Object.keys(campaignProblems).map(
          (form) =>
            `The requirements of campaigns of the form ${form} are not all known or met: see "campaigns".`,
        ),
      ]
      // A database that stores nothing may not answer either.
      if (worst(findings, []) === 'down') return { status: 'down', reasons, details: common, queue: [] }
      try {
        const [destinations, relays] = await Promise.all([readDestinations(now), readRelays()])
        reasons.push(...findDestinationReasons(destinations), ...relays.reasons)
        const counts = toCounts(destinations)
        const found = deps.lastFind()
        return {
          status: worst(findings, reasons),
          reasons,
          details: {
            queue: sumCounts(counts),
            destinations: groupByForm(destinations),
            ...(found ? { requeued: found } : {}),
            ...relays.facts,
            ...common,
          },
          queue: destinations.map(
            ({
              form,
              destination,
              facts: { waiting, failed, uncertain, refused: rejected, unreadable, oldestWaitingSeconds },
            }) => ({
              form,
              destination,
              deliveries: { waiting, failed, uncertain, refused: rejected, unreadable },
              oldestWaitingSeconds: oldestWaitingSeconds ?? 0,
            }),
          ),
        }
      } catch (error) {
        deps.log('error', 'The database does not answer', { fault: describeError(error) })
        return {
          status: 'down',
          reasons: [...reasons, 'The database does not answer.'],
          details: common,
          queue: [],
        }
      }
    },
  }
}

function worst(findings: readonly HealthFinding[], reasons: readonly string[]): HealthFinding['status'] {
  if (findings.some(({ status }) => status === 'down')) return 'down'
  return reasons.length > 0 || findings.some(({ status }) => status === 'degraded') ? 'degraded' : 'ok'
}

function groupByForm(rows: readonly DestinationHealth[]): Record<string, Record<string, object>> {
  const groups: Record<string, Record<string, object>> = {}
  for (const { form, destination, facts } of rows) groups[form] = { ...groups[form], [destination]: facts }
  return groups
}

function toCounts(rows: readonly DestinationHealth[]): CountsByDestination {
  return Object.fromEntries(
    rows.map(({ form, destination, facts }) => [`${form}/${destination}`, { [destination]: facts }]),
  )
}
