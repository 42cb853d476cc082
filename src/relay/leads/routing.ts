import { isRetryable, type Outcome } from '../../lead/outcome.ts'
import type { Destination } from '../destinations/destination.ts'
import type { Subscription } from '../messages/receiver.ts'
import { type DeliveryState, type DeliveryStatus, mayHaveLead } from './lead-state.ts'
import type { DestinationRules } from './routing/rules.ts'

/** How a form distributes its leads over its destinations. */
export interface Routing {
  /** `first-accepted`: one after the other, until one has accepted the lead. `all`: every destination gets it. */
  readonly mode: 'first-accepted' | 'all'
  /** In the order in which they are asked. */
  readonly destinations: readonly Pick<Destination, 'key' | 'formerKeys'>[]
  /** How long a person waits for an answer. */
  readonly answerWithinMs?: number
  /** What destinations take, by their keys. A destination without an entry takes every lead. */
  readonly rules?: ReadonlyMap<string, DestinationRules>
  /** Which leads repeat an earlier one with the same phone, and what they are answered. */
  readonly repeats?: RepeatRules | undefined
  /** Keys of the destinations that the lead's values permit; all of them unless given. */
  readonly permitted?: ReadonlySet<string>
  /** Who is informed of what happens to the leads. */
  readonly subscriptions?: readonly Subscription[]
}

/** What becomes of a lead whose phone the form had accepted before. */
export interface RepeatRules {
  readonly days: number
  readonly answer: 'duplicate' | 'queued'
}

/** Whether a form has rules that decide where its leads go. */
export function hasRules({ rules, repeats }: Routing): boolean {
  return repeats !== undefined || (rules !== undefined && rules.size > 0)
}

/** What is to be done for a new revision of a lead. */
export interface RevisionPlan {
  /** Keys of the destinations that get the new values, in order. */
  readonly queue: readonly string[]
  /** Keys of the deliveries that are deleted; their attempts are kept. */
  readonly drop: readonly string[]
}

/** The part of a delivery's state that decides where the lead goes next. */
type DeliverySnapshot = Pick<
  DeliveryState,
  'destination' | 'status' | 'outcome' | 'mayHaveArrived' | 'mayBeConfirmed' | 'attempts' | 'running'
>

/** Finds the destination of a stored key, which may be one of its former keys. */
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
 * Plans which destinations get a new revision of a lead; `undefined` if it is too late, and the stored answer holds.
 *
 * In `all`, a destination that has the lead, or may have it, keeps it as it is. While no destination has it, the new
 * values go to all; afterwards only to those that still wait for something: a correction, a code, their first attempt.
 * In `first-accepted` the new values go to the destination that the lead waits for; if no destination is left to ask,
 * the search starts over. A form without destinations stores every revision and delivers none. Where the form has rules,
 * the values decide: a destination that they do not permit gets no new values, and in `first-accepted` the first one that
 * they permit gets them, unless it has said no.
 */
export function planRevision(
  routing: Routing,
  deliveries: readonly DeliverySnapshot[],
): RevisionPlan | undefined {
  if (routing.destinations.length === 0 && deliveries.length === 0) return { queue: [], drop: [] }
  return routing.mode === 'all' ? planForAll(routing, deliveries) : planForFirst(routing, deliveries)
}

function planForAll(routing: Routing, deliveries: readonly DeliverySnapshot[]): RevisionPlan | undefined {
  const hasTaker = deliveries.some(mayHaveLead)
  const again = deliveries.filter(
    (delivery) => !mayHaveLead(delivery) && (!hasTaker || acceptsNewValues(delivery)),
  )
  const fresh = hasTaker ? [] : findUntried(routing, deliveries)
  const excluded = again.filter(({ destination }) => !isPermitted(routing, destination))
  const queue = [
    ...again.filter((delivery) => !excluded.includes(delivery)).map(({ destination }) => destination),
    ...fresh,
  ]
  const drop = excluded.map(({ destination }) => destination)
  const isStoredOnly = routing.permitted !== undefined && !hasTaker
  return queue.length > 0 || drop.length > 0 || isStoredOnly ? { queue, drop } : undefined
}

function planForFirst(routing: Routing, deliveries: readonly DeliverySnapshot[]): RevisionPlan | undefined {
  if (deliveries.some((delivery) => delivery.status !== 'passed' && mayHaveLead(delivery))) return undefined
  const open = deliveries.findLast(acceptsNewValues)
  if (routing.permitted) return planByValues(routing, deliveries, open)
  const [next] = findUntried(routing, deliveries)
  if (open) {
    const { destination } = open
    // A destination that was removed from the configuration gives way to the next one.
    return findDestination(routing.destinations, destination) || next === undefined
      ? { queue: [destination], drop: [] }
      : { queue: [next], drop: [destination] }
  }
  const kept = deliveries.filter(mayHaveLead)
  const [first] = findUntried(routing, kept)
  const dropped = deliveries.filter((delivery) => !mayHaveLead(delivery))
  return first === undefined
    ? undefined
    : { queue: [first], drop: dropped.map(({ destination }) => destination) }
}

/** Plans a revision where the values decide which destination is asked first. */
function planByValues(
  routing: Routing,
  deliveries: readonly DeliverySnapshot[],
  open: DeliverySnapshot | undefined,
): RevisionPlan {
  const [next] = findUntried(
    routing,
    deliveries.filter((delivery) => delivery !== open),
  )
  if (next !== undefined) {
    const isSame = open && findDestination(routing.destinations, open.destination)?.key === next
    if (isSame) return { queue: [open.destination], drop: [] }
    return { queue: [next], drop: open ? [open.destination] : [] }
  }
  const kept = deliveries.filter(mayHaveLead)
  const dropped = deliveries.filter((delivery) => !mayHaveLead(delivery))
  return {
    queue: findUntried(routing, kept).slice(0, 1),
    drop: dropped.map(({ destination }) => destination),
  }
}

/** Whether the lead's values permit a destination. One that was removed is not restricted by them. */
function isPermitted({ destinations, permitted }: Routing, destination: string): boolean {
  const key = findDestination(destinations, destination)?.key
  return key === undefined || !permitted || permitted.has(key)
}

/** Whether new values can help a delivery. */
function acceptsNewValues({ status, outcome }: DeliverySnapshot): boolean {
  if (status === 'waiting' || status === 'failed') return true
  return status === 'decided' && (outcome?.outcome === 'invalid' || outcome?.outcome === 'verification')
}

/** Keys of the destinations that have not been asked and that the lead's values permit. */
export function findUntried(
  { destinations, permitted }: Routing,
  deliveries: readonly Pick<DeliverySnapshot, 'destination'>[],
) {
  const asked = new Set(
    deliveries.map(({ destination }) => findDestination(destinations, destination)?.key ?? destination),
  )
  return destinations.flatMap(({ key }) => (asked.has(key) || permitted?.has(key) === false ? [] : [key]))
}

/**
 * The status of a delivery after an attempt, and who is asked next: a destination that has not been asked, or again one
 * that has refused the lead.
 */
export interface NextStep {
  readonly status: DeliveryStatus
  readonly next?: string
  readonly again?: string
}

/** The result of an attempt. */
export interface AttemptResult {
  /** The destination's stored key. */
  readonly destination: string
  readonly outcome: Outcome
  /** Whether this attempt, or an earlier one with the revision, may have been received without our knowing. */
  readonly mayHaveArrived: boolean
  /** Whether the delivery has been tried for a week. */
  readonly expired: boolean
  /** Whether the person has had an answer before, so that nobody is there to correct a field error. */
  readonly isUnattended: boolean
}

/**
 * Whether nobody waits for the answer of an attempt: an earlier attempt was answered with `queued`, or the time to wait
 * is over.
 */
export function isUnattended(
  { answerWithinMs = Infinity }: Routing,
  { attempt, receivedAt }: { readonly attempt: number; readonly receivedAt: Date },
  now: Date,
): boolean {
  return attempt > 1 || now.getTime() - receivedAt.getTime() >= answerWithinMs
}

/** Decides what follows where a delivery is given up: the next destination, one that is tried again, or the end. */
export function afterGivingUp(
  routing: Routing,
  destination: string,
  others: readonly DeliverySnapshot[],
): NextStep {
  const follower = findFollower(routing, destination, others)
  return { status: isNobody(follower) ? 'failed' : 'passed', ...follower }
}

type Follower = Pick<NextStep, 'next' | 'again'>

function isNobody({ next, again }: Follower): boolean {
  return next === undefined && again === undefined
}

/** Finds who is asked after a destination that did not take the lead; nobody while another one has it or waits for it. */
function findFollower(routing: Routing, destination: string, others: readonly DeliverySnapshot[]): Follower {
  if (!canTryNext(routing, others)) return {}
  const [next] = findUntried(routing, [...others, { destination }])
  if (next !== undefined) return { next }
  const again = findRefused(routing, others)
  return again === undefined ? {} : { again }
}

/**
 * The delivery that is tried again where no destination has taken the lead: of those that were refused for what the
 * operator configured, the one with the fewest attempts.
 */
export function findRefused(routing: Routing, deliveries: readonly DeliverySnapshot[]): string | undefined {
  return deliveries
    .filter(
      ({ destination, status, outcome, mayHaveArrived }) =>
        status === 'passed' &&
        outcome?.outcome === 'refused' &&
        !mayHaveArrived &&
        findDestination(routing.destinations, destination) !== undefined &&
        isPermitted(routing, destination),
    )
    .toSorted((one, other) => one.attempts - other.attempts)[0]?.destination
}

/**
 * Decides what follows from an attempt. In `first-accepted` the lead moves on if the destination declines it, has it
 * already, refuses what the operator configured, gives an unreadable answer to a lead that it certainly has not taken,
 * could not be reached for a week or is no longer configured, and after a field error that nobody is there to correct. A
 * destination that is down is waited for, because the lead must not be sold twice. Where no destination is left, one that
 * has refused the lead is tried again. `others` are the lead's other deliveries.
 */
export function nextAfter(
  routing: Routing,
  result: AttemptResult,
  others: readonly DeliverySnapshot[],
): NextStep {
  const { outcome, destination, expired, mayHaveArrived } = result
  if (outcome.outcome === 'uncertain') return { status: 'uncertain' }
  // In `all` the person sees the best answer.
  const isUncorrectable = result.isUnattended || (routing.mode === 'all' && others.some(hasAccepted))
  if (outcome.outcome === 'invalid' && isUncorrectable) return afterGivingUp(routing, destination, others)
  const follower = findFollower(routing, destination, others)
  if (!isRetryable(outcome)) {
    const done = outcome.outcome === 'declined' || outcome.outcome === 'duplicate'
    return done ? { status: 'decided', ...follower } : { status: 'decided' }
  }
  const isLast = isNobody(follower)
  const gone = !findDestination(routing.destinations, destination)
  const isRefused = outcome.outcome === 'refused'
  if (expired) {
    // Two destinations that both refuse the lead do not send it to each other for ever.
    const isEnd = isLast || (isRefused && follower.next === undefined)
    return { status: isEnd ? 'failed' : 'passed', ...follower }
  }
  const isHopeless = isRefused || gone || (outcome.outcome === 'unreadable' && follower.next !== undefined)
  return isHopeless && !mayHaveArrived && !isLast ? { status: 'passed', ...follower } : { status: 'waiting' }
}

function hasAccepted({ status, outcome }: DeliverySnapshot): boolean {
  return status === 'decided' && outcome?.outcome === 'accepted'
}

/** Whether the next destination may be asked: never while another one has the lead or waits for it. */
function canTryNext({ mode }: Routing, others: readonly DeliverySnapshot[]): boolean {
  return (
    mode === 'first-accepted' &&
    others.every((other) => other.status === 'passed' || (!mayHaveLead(other) && !acceptsNewValues(other)))
  )
}
