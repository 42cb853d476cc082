import type { RelayConfig } from '../../config/config.ts'
import type { AccountPauses } from '../../destinations/account-pauses.ts'
import type {
  CountsByDestination,
  DestinationCounts,
  DeliveryCounts,
} from '../../leads/statistics/delivery-counts.ts'
import type { DestinationReport } from '../../leads/statistics/destination-reports.ts'
import { findDestination } from '../../leads/routing.ts'

/** What is known of a destination. */
export interface DestinationHealth {
  readonly form: string
  readonly destination: string
  readonly facts: DestinationFacts
}

/** Facts of a destination, as `/healthz` shows them. */
export interface DestinationFacts extends DeliveryCounts {
  readonly oldestWaitingSeconds?: number
  readonly lastSuccess?: Date
  readonly lastFailure?: { readonly at: Date; readonly reason: string }
  /** Seconds for which the provider wants no calls. */
  readonly pausedSeconds?: number
}

/** A delivery that waits for longer wants a person: the first retries have all failed. */
const maxWaitingSeconds = 15 * 60

const noCounts: DestinationCounts = { waiting: 0, failed: 0, uncertain: 0, refused: 0, unreadable: 0 }

/** Describes every configured destination, and those that were removed and still have deliveries. */
export function describeDestinations(
  forms: RelayConfig['forms'],
  {
    counts,
    reports,
    pauses,
    now,
  }: {
    readonly counts: CountsByDestination
    readonly reports: ReadonlyMap<string, ReadonlyMap<string, DestinationReport>>
    readonly pauses: Pick<AccountPauses, 'remainingMs'>
    readonly now: Date
  },
): readonly DestinationHealth[] {
  const configured = [...forms].flatMap(([form, result]) =>
    'form' in result ? result.form.destinations.map((destination) => ({ form, destination })) : [],
  )
  /** The configured key of a stored one. */
  const keyOf = (form: string, key: string): string | undefined =>
    findDestination(
      configured.filter((one) => one.form === form).map(({ destination }) => destination),
      key,
    )?.key
  const known = configured.map(({ form, destination }) => {
    const stored = Object.entries(counts[form] ?? {}).filter(([key]) => keyOf(form, key) === destination.key)
    const facts = describe(
      stored.map(([, row]) => row),
      reports.get(form)?.get(destination.key),
      now,
    )
    const pausedMs = pauses.remainingMs(destination.account.key)
    return {
      form,
      destination: destination.key,
      facts: { ...facts, ...(pausedMs > 0 ? { pausedSeconds: Math.ceil(pausedMs / 1000) } : {}) },
    }
  })
  const removed = Object.entries(counts).flatMap(([form, rows]) =>
    Object.entries(rows)
      .filter(([key]) => keyOf(form, key) === undefined)
      .map(([destination, row]) => ({
        form,
        destination,
        facts: describe([row], reports.get(form)?.get(destination), now),
      })),
  )
  return [...known, ...removed]
}

function describe(
  rows: readonly DestinationCounts[],
  { succeededAt, failedAt, failure }: DestinationReport = {},
  now: Date,
): DestinationFacts {
  const sum = (name: keyof DeliveryCounts) => rows.reduce((total, row) => total + row[name], 0)
  const oldest = rows.flatMap(({ oldestWaiting }) => (oldestWaiting ? [oldestWaiting.getTime()] : []))
  return {
    ...noCounts,
    waiting: sum('waiting'),
    failed: sum('failed'),
    uncertain: sum('uncertain'),
    refused: sum('refused'),
    unreadable: sum('unreadable'),
    ...(oldest.length > 0
      ? { oldestWaitingSeconds: Math.max(0, Math.round((now.getTime() - Math.min(...oldest)) / 1000)) }
      : {}),
    ...(succeededAt ? { lastSuccess: succeededAt } : {}),
    ...(failedAt ? { lastFailure: { at: failedAt, reason: failure ?? '' } } : {}),
  }
}

/** Everything about destinations that wants a person. */
export function findDestinationReasons(destinations: readonly DestinationHealth[]): readonly string[] {
  return destinations.flatMap(({ form, destination, facts }) => {
    const name = `${form}/${destination}`
    const seconds = facts.oldestWaitingSeconds ?? 0
    return [
      ...(facts.failed > 0
        ? [`${name}: ${facts.failed} deliveries were given up: see the log for the reason.`]
        : []),
      ...(facts.uncertain > 0
        ? [`${name}: ${facts.uncertain} deliveries are uncertain: ask the provider whether it has the leads.`]
        : []),
      ...(facts.refused > 0
        ? [
            `${name}: ${facts.refused} deliveries were refused for credentials or constants: correct them in the configuration.`,
          ]
        : []),
      ...(facts.unreadable > 0
        ? [`${name}: ${facts.unreadable} deliveries got an answer that cannot be read: see the log.`]
        : []),
      ...(seconds > maxWaitingSeconds
        ? [
            `${name}: the oldest of ${facts.waiting} waiting deliveries has been waiting for ${formatAge(seconds)}: the provider does not take leads.`,
          ]
        : []),
    ]
  })
}

function formatAge(seconds: number): string {
  if (seconds < 2 * 3600) return `${Math.floor(seconds / 60)} minutes`
  return seconds < 2 * 24 * 3600
    ? `${Math.floor(seconds / 3600)} hours`
    : `${Math.floor(seconds / 86_400)} days`
}
