import type { FormEvent, SubmitPermission } from '../../state/form-ports.ts'
import type { FormEventName } from '../options/event-details.ts'
import type { ParsedOptions } from '../options/options.ts'
import { describeException } from '../../lead/describe-exception.ts'
import type { OutgoingLead } from '../options/options-table.ts'
import { report } from '../options/report.ts'
import type { StatisticsTarget } from '../analytics/event-counter.ts'
import type { TrackedEvent } from '../analytics/goals.ts'
import type { Analytics } from '../analytics/analytics.chunk.ts'

/** Reports the events of a form to the page, its callbacks and its counters. An exception in any of them is caught. */
export interface Dispatcher {
  /** Dispatches an event on the container and calls its callback; false if a listener prevented it. */
  dispatch(name: FormEventName, detail: object): boolean
  /** Reports an event of the form's model. Calls `onSent` when all counters have sent its goals; some never say so. */
  emit(event: FormEvent, onSent?: () => void): void
  /** Whether the page allows a lead to be sent: asks `beforeSubmit`, then the listeners of `submit`. */
  confirmSubmit(lead: OutgoingLead): Promise<SubmitPermission>
  /** Starts analytics of a form, where the page has counters or the relay counts. */
  startAnalytics(form: AnalysedForm): void
  close(): void
}

/** A form that analytics watches. */
export interface AnalysedForm {
  /** The definition's id. */
  readonly id: string
  readonly root: HTMLElement | ShadowRoot
  readonly statistics?: StatisticsTarget | undefined
}

/** When the relay's statistics begin after a form is shown, in milliseconds: the page and the person come first. */
const statisticsDelayMs = 3000

/** Creates the dispatcher of the form in a container. */
export function createDispatcher(container: HTMLElement, options: () => ParsedOptions): Dispatcher {
  const queued: (readonly [TrackedEvent, (() => void) | undefined])[] = []
  let analytics: Analytics | undefined
  let isTracking = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let watched: HTMLElement | ShadowRoot | undefined

  function track(event: TrackedEvent, onSent?: () => void): void {
    if (analytics) analytics.track(event, onSent)
    else if (isTracking) queued.push([event, onSent])
    else onSent?.()
  }

  function dispatch(name: FormEventName, detail: object): boolean {
    const event = new CustomEvent(`anketa:${name}`, {
      bubbles: true,
      composed: true,
      cancelable: name === 'submit',
      detail,
    })
    // The browser reports the exceptions of listeners itself.
    const isAllowed = container.dispatchEvent(event)
    const callback = `on${name.charAt(0).toUpperCase()}${name.slice(1)}`
    try {
      const call: unknown = Reflect.get(options(), callback)
      if (typeof call === 'function') call(detail)
    } catch (error) {
      report(`${callback} failed`, error)
    }
    return isAllowed
  }

  return {
    dispatch,

    emit(event, onSent) {
      const { type, ...detail } = event
      if (type !== 'start' && type !== 'consent') dispatch(type, detail)
      // Going back reaches no goal.
      if (event.type === 'issues' || (event.type === 'step' && event.direction === 'back')) return
      track(event, onSent)
    },

    async confirmSubmit(lead) {
      try {
        const returned = await options().beforeSubmit?.(lead)
        if (returned === false) return false
        if (typeof returned === 'object') {
          const { parsePageIssues } = await import('../options/advice.chunk.ts')
          const issues = parsePageIssues(returned)
          if (issues !== true) return issues
        }
      } catch (error) {
        // Its message may quote a value.
        report(`beforeSubmit failed, so the lead was not sent (${describeException(error)})`)
        return false
      }
      const permitted = dispatch('submit', { leadId: lead.leadId })
      if (permitted) track({ type: 'submit' })
      return permitted
    },

    startAnalytics({ root, id: form, statistics }) {
      const { metrika, dataLayer, vk, goalPrefix, variant, test } = options()
      watched = root
      analytics?.watch(root)
      if (test || isTracking || !(metrika || dataLayer || vk || statistics)) return
      isTracking = true
      const load = (): unknown =>
        import('../analytics/analytics.chunk.ts').then(
          ({ createAnalytics }) => {
            if (!isTracking) return
            analytics = createAnalytics(
              { metrika, dataLayer, vk, goalPrefix, variant, form },
              statistics,
              window,
            )
            for (const event of queued.splice(0)) analytics.track(...event)
            if (watched) analytics.watch(watched)
          },
          (error: unknown) => report('analytics could not be loaded', error),
        )
      if (metrika || dataLayer || vk) load()
      else timer = setTimeout(load, statisticsDelayMs)
    },

    close() {
      isTracking = false
      clearTimeout(timer)
      analytics?.stop()
    },
  }
}
