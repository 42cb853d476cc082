import { isRetryable, type Outcome } from '../../lead/outcome.ts'
import type { Destination } from '../destinations/destination.ts'
import { type DeliveryState, type DeliveryStatus, mayHaveLead } from './lead-state.ts'

/** How a form spreads its leads over its destinations. */
export interface Routing {
  /** `first-accepted`: one after the other, until one has taken it. `all`: each for itself. */
  readonly mode: 'first-accepted' | 'all'
  /** In the order in which they are asked. */
  readonly destinations: readonly Pick<Destination, 'key' | 'formerKeys'>[]
}

/** What a new revision of a lead sets in motion. */
export interface RevisionPlan {
  /** Keys of the deliveries that get the new values, in order. */
  readonly queue: readonly string[]
  /** Keys of deliveries that no longer stand for anything; their attempts are kept. */
  readonly drop: readonly string[]
}

/** What a plan looks at of a delivery. */
type DeliverySnapshot = Pick<
  DeliveryState,
  'destination' | 'status' | 'outcome' | 'mayHaveArrived' | 'mayBeConfirmed' | 'attempts' | 'running'
>

/** The destination that a stored key means, be it by a name that it had before. */
export function findDestination<Found extends Pick<Destination, 'key' | 'formerKeys'>>(
  destinations: readonly Found[],
  key: string,
): Found | undefined {
  return (
    destinations.find((destination) => destination.key === key) ??
    destinations.find(({ formerKeys }) => formerKeys.includes(key))
  )
}

/**
 * Who gets a new revision of a lead; nothing when it is too late for one, and the stored answer stands.
 *
 * In `all`, a destination that has the lead, or may have it, keeps what it has. While none has, the new values go to all
 * the others; afterwards only to those that still wait for something: a correction, a code, their turn.
 * In `first-accepted` the new values go on where the lead stands; where nobody is left to ask, they begin anew.
 */
export function planRevision(
  route: Routing,
  deliveries: readonly DeliverySnapshot[],
): RevisionPlan | undefined {
  return route.mode === 'all' ? planForAll(route, deliveries) : planForFirst(route, deliveries)
}

function planForAll(route: Routing, deliveries: readonly DeliverySnapshot[]): RevisionPlan | undefined {
  const taken = deliveries.some(mayHaveLead)
  const again = deliveries.filter(
    (delivery) => !mayHaveLead(delivery) && (!taken || acceptsNewValues(delivery)),
  )
  const fresh = taken ? [] : findUntried(route, deliveries)
  const queue = [...again.map(({ destination }) => destination), ...fresh]
  return queue.length > 0 ? { queue, drop: [] } : undefined
}

function planForFirst(route: Routing, deliveries: readonly DeliverySnapshot[]): RevisionPlan | undefined {
  if (deliveries.some((delivery) => delivery.status !== 'passed' && mayHaveLead(delivery))) return undefined
  const [next] = findUntried(route, deliveries)
  const open = deliveries.findLast(acceptsNewValues)
  if (open) {
    const { destination } = open
    // One that has been taken out of the configuration keeps nobody waiting who can be asked.
    return findDestination(route.destinations, destination) || next === undefined
      ? { queue: [destination], drop: [] }
      : { queue: [next], drop: [destination] }
  }
  const kept = deliveries.filter(mayHaveLead)
  const [first] = findUntried(route, kept)
  const dropped = deliveries.filter((delivery) => !mayHaveLead(delivery))
  return first === undefined
    ? undefined
    : { queue: [first], drop: dropped.map(({ destination }) => destination) }
}

/** Whether a delivery waits for something that new values can bring. */
function acceptsNewValues({ status, outcome }: DeliverySnapshot): boolean {
  if (status === 'waiting' || status === 'failed') return true
  return status === 'decided' && (outcome?.outcome === 'invalid' || outcome?.outcome === 'verification')
}

/** The destinations that have not been asked. */
function findUntried(
  { destinations }: Routing,
  deliveries: readonly Pick<DeliverySnapshot, 'destination'>[],
) {
  const asked = new Set(
    deliveries.map(({ destination }) => findDestination(destinations, destination)?.key ?? destination),
  )
  return destinations.flatMap(({ key }) => (asked.has(key) ? [] : [key]))
}

/** How a delivery stands after an attempt, and who is asked next. */
export interface NextStep {
  readonly status: DeliveryStatus
  readonly next?: string
}

/** An attempt that has come to its end. */
export interface AttemptResult {
  /** The destination's key as it is stored. */
  readonly destination: string
  readonly outcome: Outcome
  /** Whether this, or an earlier attempt of the revision, may have been taken without our knowing. */
  readonly mayHaveArrived: boolean
  /** Whether the delivery has been tried for a week. */
  readonly expired: boolean
}

/**
 * What follows from an attempt. In `first-accepted` the lead moves on when the destination declines it, has it already,
 * refuses our credentials, could not be delivered to for a week or is no longer configured; a destination that is down
 * is waited for, because it must not be sold twice. `others` are the lead's other deliveries.
 */
export function nextAfter(
  route: Routing,
  ended: AttemptResult,
  others: readonly DeliverySnapshot[],
): NextStep {
  const { outcome, destination, expired, mayHaveArrived } = ended
  if (outcome.outcome === 'uncertain') return { status: 'uncertain' }
  const [next] = canTryNext(route, others) ? findUntried(route, [...others, { destination }]) : []
  if (!isRetryable(outcome)) {
    const done = outcome.outcome === 'declined' || outcome.outcome === 'duplicate'
    return done && next !== undefined ? { status: 'decided', next } : { status: 'decided' }
  }
  const gone = !findDestination(route.destinations, destination)
  const hopeless = (outcome.outcome === 'refused' || gone) && !mayHaveArrived
  if (next !== undefined && (expired || hopeless)) return { status: 'passed', next }
  return { status: expired ? 'failed' : 'waiting' }
}

/** Only one destination after the other, and never past one that has the lead or is about to. */
function canTryNext({ mode }: Routing, others: readonly DeliverySnapshot[]): boolean {
  return (
    mode === 'first-accepted' &&
    others.every((other) => other.status === 'passed' || (!mayHaveLead(other) && !acceptsNewValues(other)))
  )
}
