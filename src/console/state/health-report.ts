import { batch, type ReadonlySignal, signal } from '@preact/signals'
import type { RelayClient, RequestFailure } from '../access/relay-client.ts'

/** What the health of the relay says of a destination. */
export interface DestinationCondition {
  readonly form: string
  readonly destination: string
  readonly waiting: number
  readonly failed: number
  readonly uncertain: number
  readonly refused: number
  readonly unreadable: number
  readonly oldestWaitingSeconds?: number
  readonly pausedSeconds?: number
  readonly lastSuccess?: string
  readonly lastFailure?: { readonly at: string; readonly reason: string }
}

/** The health of the relay, as the console shows it. */
export interface RelayCondition {
  readonly status: 'ok' | 'degraded' | 'down'
  readonly version: string
  /** In the relay's words. */
  readonly reasons: readonly string[]
  readonly destinations: readonly DestinationCondition[]
}

/** The body of `GET /healthz` for an operator. */
interface HealthBody extends Partial<Omit<RelayCondition, 'destinations'>> {
  readonly destinations?: Readonly<
    Record<string, Readonly<Record<string, Omit<DestinationCondition, 'form' | 'destination'>>>>
  >
}

function readCondition({ status, version, reasons, destinations }: HealthBody): RelayCondition {
  return {
    status: status ?? 'down',
    version: version ?? '',
    reasons: reasons ?? [],
    destinations: Object.entries(destinations ?? {}).flatMap(([form, rows]) =>
      Object.entries(rows).map(([destination, facts]) => ({ ...facts, form, destination })),
    ),
  }
}

/** The health of the relay when it was asked last. */
export interface HealthModel {
  readonly condition: ReadonlySignal<RelayCondition | undefined>
  readonly failure: ReadonlySignal<RequestFailure | undefined>
  load(): Promise<void>
}

/** Creates the health of the relay. */
export function createHealthModel(client: RelayClient): HealthModel {
  const condition = signal<RelayCondition | undefined>(undefined)
  const failure = signal<RequestFailure | undefined>(undefined)
  return {
    condition,
    failure,
    async load() {
      const answer = await client.request<HealthBody>({ path: 'healthz' })
      batch(() => {
        failure.value = 'value' in answer ? undefined : answer.failure
        if ('value' in answer) condition.value = readCondition(answer.value)
      })
    },
  }
}
