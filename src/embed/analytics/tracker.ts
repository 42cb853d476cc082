import { goalsFor, type TrackedEvent } from './goals.ts'
import {
  type PageGlobals,
  type GoalParameters,
  type AnalyticsTarget,
  type AnalyticsOptions,
  createTargets,
} from './targets.ts'
/**
 * Tells a page's counters what happens in its form. Never throws: a counter that fails must not cost a lead. Calls
 * `onTold` when all of them say that they have sent the event's goals on; some never say so.
 */
export type Tracker = (event: TrackedEvent, onTold?: () => void) => void

/** Goals that wait at most for a counter that is still loading. */
const maxQueuedGoals = 50

/** Makes a tracker for one form. Every goal is reached once, however often a person goes back and forth. */
export function createTracker(options: AnalyticsOptions, globals: PageGlobals): Tracker {
  const targets = createTargets(options, globals).map(queueUntilReady)
  const reached = new Set<string>()
  let times: Record<string, number> = {}
  let step = ''
  let field = ''
  let verifying = false
  let ended = false

  return (event, onTold) => {
    if (event.type === 'field') {
      field = event.name
      times[event.name] = (times[event.name] ?? 0) + event.ms
      return
    }
    if (event.type === 'leave' && (ended || !reached.has('loan_form_start'))) return
    const goals = goalsFor(event, verifying).filter((goal) => !reached.has(goal))
    let open = goals.length * targets.length
    const told = onTold && (() => (open -= 1) === 0 && onTold())
    if (open === 0) onTold?.()
    for (const goal of goals) {
      reached.add(goal)
      const parameters = goalParameters(event, { step, field, times })
      for (const target of targets) target(goal, parameters, told)
    }
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
  // Seconds to one place: a hint, and no fingerprint of how somebody types.
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
      // The same lead under the same id, so that a counter can drop what it has seen.
      return { outcome: event.outcome, event_id: event.leadId }
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

/** Keeps what a counter that is not there yet misses, for when it is. */
function queueUntilReady(target: AnalyticsTarget): (...call: Parameters<AnalyticsTarget>) => void {
  let waiting: Parameters<AnalyticsTarget>[] = []
  return (...call) => {
    waiting = [...waiting, call].slice(-maxQueuedGoals)
    try {
      while (waiting[0] && target(...waiting[0])) waiting = waiting.slice(1)
    } catch {
      // Its own affair; what it failed on is not tried again.
      waiting = waiting.slice(1)
    }
  }
}
