import { goalsFor, type TrackedEvent } from './goals.ts'
import {
  type PageGlobals,
  type GoalParameters,
  type AnalyticsTarget,
  type AnalyticsOptions,
  createTargets,
} from './targets.ts'

/**
 * Sends the goals of an event to a page's counters. Never throws: a failing counter must not cost a lead. Calls
 * `onSent` when all counters report that they have sent the goals; some never report it.
 */
export type Tracker = (event: TrackedEvent, onSent?: () => void) => void

/** How many goals are queued for a counter that has not loaded. */
const maxQueuedGoals = 50

/** Creates the tracker of one form. Every goal is reached once, however often a person goes back and forth. */
export function createTracker(options: AnalyticsOptions, globals: PageGlobals): Tracker {
  const { form, variant, goalPrefix } = options
  const common = variant === undefined ? { form } : { form, variant }
  const targets = createTargets(options, globals).map(queueUntilReady)
  const reached = new Set<string>()
  let times: Record<string, number> = {}
  let step = ''
  let field = ''
  let verifying = false
  let hasStarted = false
  let ended = false

  return (event, onSent) => {
    if (event.type === 'field') {
      field = event.name
      times[event.name] = (times[event.name] ?? 0) + event.ms
      return
    }
    if (event.type === 'leave' && (ended || !hasStarted)) return
    const goals = goalsFor(event, verifying, goalPrefix).filter(
      // Every offer counts.
      (goal) => event.type === 'offer' || !reached.has(goal),
    )
    let pending = goals.length * targets.length
    const countSent = onSent && (() => (pending -= 1) === 0 && onSent())
    if (pending === 0) onSent?.()
    for (const goal of goals) {
      reached.add(goal)
      const parameters = { ...common, ...goalParameters(event, { step, field, times }) }
      for (const target of targets) target(goal, parameters, countSent)
    }
    if (event.type === 'start') hasStarted = true
    if (event.type === 'step') {
      step = event.id
      times = {}
    }
    if (event.type === 'outcome') {
      verifying = event.outcome === 'verification'
      ended = !verifying && event.outcome !== 'invalid'
    }
  }
}

interface FormPosition {
  readonly step: string
  readonly field: string
  readonly times: Readonly<Record<string, number>>
}

function goalParameters(event: TrackedEvent, { step, field, times }: FormPosition): GoalParameters {
  // Rounded to 0.1 s: useful, but no fingerprint of how a person types.
  const seconds = Object.fromEntries(
    Object.entries(times).map(([name, ms]) => [name, Math.round(ms / 100) / 10]),
  )
  const spent = Object.keys(seconds).length > 0 ? { seconds } : {}
  switch (event.type) {
    case 'step':
      return { step: event.id, ...spent }
    case 'consent':
      return { consent: event.id }
    case 'outcome':
      // One lead has one id, so that a counter can drop duplicates.
      return { outcome: event.outcome, event_id: event.leadId }
    case 'offer':
      return { offer: event.offer, outcome: event.outcome, event_id: event.leadId }
    case 'leave':
      return { step, field, ...spent }
    case 'view':
    case 'start':
    case 'submit':
    case 'error':
    case 'field':
      return {}
  }
}

/** Queues goals until their counter has loaded. */
function queueUntilReady(target: AnalyticsTarget): (...call: Parameters<AnalyticsTarget>) => void {
  let queue: Parameters<AnalyticsTarget>[] = []
  return (...call) => {
    queue = [...queue, call].slice(-maxQueuedGoals)
    try {
      while (queue[0] && target(...queue[0])) queue = queue.slice(1)
    } catch {
      // A goal that a counter fails on is dropped.
      queue = queue.slice(1)
    }
  }
}
