import type { FormEvent } from '../../state/form-ports.ts'
import type { FormEventName } from '../options/event-details.ts'
import type { ParsedOptions } from '../options/options.ts'
import type { OutgoingLead } from '../options/options-table.ts'
import { report } from '../options/report.ts'
import type { TrackedEvent } from '../analytics/goals.ts'
import type { Analytics } from '../analytics/analytics.chunk.ts'

/** How long a page that is left after acceptance waits for its counters, in milliseconds. */
const analyticsTimeoutMs = 700

/** Tells a page, its callbacks and its counters what happens in a form. Nothing that it calls can stop the form. */
export interface Dispatcher {
  /** Dispatches an event on the container, and calls its callback; false when a listener prevented it. */
  dispatch(name: FormEventName, detail: object): boolean
  /** Passes on what the form tells. */
  emit(event: FormEvent): void
  /** Whether the page lets a lead go: asks `beforeSubmit`, then the listeners of `submit`. */
  confirmSubmit(lead: OutgoingLead): Promise<boolean>
  /** Starts the counters, where the page has any, over the fields that are drawn in an element. */
  startAnalytics(root: HTMLElement | ShadowRoot): void
  close(): void
}

/** Makes the announcer of the form in a container. */
export function createDispatcher(container: HTMLElement, options: () => ParsedOptions): Dispatcher {
  const waiting: (readonly [TrackedEvent, (() => void) | undefined])[] = []
  let tracking: Analytics | undefined
  let counted = false
  let watched: HTMLElement | ShadowRoot | undefined
  let leaving: ReturnType<typeof setTimeout> | undefined

  function count(event: TrackedEvent, onTold?: () => void): void {
    if (tracking) tracking.track(event, onTold)
    else if (counted) waiting.push([event, onTold])
    else onTold?.()
  }

  function dispatch(name: FormEventName, detail: object): boolean {
    const event = new CustomEvent(`anketa:${name}`, {
      bubbles: true,
      composed: true,
      cancelable: name === 'submit',
      detail,
    })
    // An exception of a listener is the browser's to tell; it does not come here.
    const goesOn = container.dispatchEvent(event)
    const callback = `on${name.charAt(0).toUpperCase()}${name.slice(1)}`
    try {
      const call: unknown = Reflect.get(options(), callback)
      if (typeof call === 'function') call(detail)
    } catch (error) {
      report(`${callback} failed`, error)
    }
    return goesOn
  }

  return {
    dispatch,

    emit(event) {
      const { type, ...detail } = event
      const { redirect } = options()
      if (type !== 'start' && type !== 'consent') dispatch(type, detail)
      // Who goes back reaches nothing new.
      if (event.type === 'issues' || (event.type === 'step' && event.direction === 'back')) return
      if (event.type !== 'outcome' || event.outcome !== 'accepted' || redirect === undefined)
        return count(event)
      const address = redirect.replaceAll('{leadId}', encodeURIComponent(event.leadId))
      const leave = (): void => location.assign(address)
      leaving = setTimeout(leave, analyticsTimeoutMs)
      count(event, () => {
        clearTimeout(leaving)
        leaving = setTimeout(leave)
      })
    },

    async confirmSubmit(lead) {
      try {
        if ((await options().beforeSubmit?.(lead)) === false) return false
      } catch (error) {
        report('beforeSubmit failed, so the lead was not sent', error)
        return false
      }
      const permitted = dispatch('submit', { leadId: lead.leadId })
      if (permitted) count({ type: 'submit' })
      return permitted
    },

    startAnalytics(root) {
      const { metrika, dataLayer, vk, test } = options()
      watched = root
      tracking?.watch(root)
      if (test || counted || !(metrika || dataLayer || vk)) return
      counted = true
      count({ type: 'view' })
      import('../analytics/analytics.chunk.ts').then(
        ({ createAnalytics }) => {
          if (!counted) return
          tracking = createAnalytics({ metrika, dataLayer, vk }, window)
          for (const event of waiting.splice(0)) tracking.track(...event)
          if (watched) tracking.watch(watched)
        },
        (error: unknown) => report('the counters are not told', error),
      )
    },

    close() {
      clearTimeout(leaving)
      counted = false
      tracking?.stop()
    },
  }
}
