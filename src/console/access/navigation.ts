import { computed, type ReadonlySignal, signal } from '@preact/signals'
import type { AddressPort } from '../ports.ts'
import { type ConsoleRoute, formatRoute, type LeadFilters, parseRoute } from './routes.ts'

/** Which view is shown. */
export interface ConsoleNavigation {
  readonly route: ReadonlySignal<ConsoleRoute>
  /** The lead that was open before the current view. */
  readonly lastLead: ReadonlySignal<string | undefined>
  /** Whether the user is asked if the view may be left. */
  readonly isLeaving: ReadonlySignal<boolean>
  /** Goes to another view, which the current one may put off until the user agrees. */
  go(route: ConsoleRoute): void
  /** Has the user asked before the view is left, while it has unsaved changes. Returns what ends this. */
  guard(hasChanges: () => boolean): () => void
  /** Does what leaves the view, now or when the user agrees. */
  leave(action: () => void): void
  /** The user's answer. */
  answerLeaving(agrees: boolean): void
  /** Changes the filters of the list, without an entry in the history for each of them. */
  filter(filters: LeadFilters): void
  /** Goes to the list with the filters that it had. */
  backToList(): void
}

/** Creates the navigation over the page's address. */
export function createNavigation(address: AddressPort): ConsoleNavigation {
  const route = signal(parseRoute(address.read()))
  const lastLead = signal<string | undefined>(undefined)
  const waiting = signal<(() => void) | undefined>(undefined)
  let filters: LeadFilters = {}
  let hasChanges: (() => boolean) | undefined

  function show(next: ConsoleRoute): void {
    const { value: previous } = route
    lastLead.value = previous.view === 'lead' ? previous.id : undefined
    if (previous.view === 'leads') ({ filters } = previous)
    route.value = next
  }

  function leave(action: () => void): void {
    if (hasChanges?.()) waiting.value = action
    else action()
  }

  function go(next: ConsoleRoute): void {
    leave(() => {
      address.push(formatRoute(next))
      show(next)
    })
  }

  address.onChange(() => {
    const next = parseRoute(address.read())
    const current = formatRoute(route.value)
    if (formatRoute(next) === current) return
    if (!hasChanges?.()) return show(next)
    // The address has changed before anybody could be asked.
    address.push(current)
    go(next)
  })

  return {
    route,
    lastLead,
    isLeaving: computed(() => waiting.value !== undefined),
    go,
    guard(check) {
      hasChanges = check
      return () => {
        if (hasChanges !== check) return
        hasChanges = undefined
        waiting.value = undefined
      }
    },
    leave,
    answerLeaving(agrees) {
      const { value: action } = waiting
      waiting.value = undefined
      if (!agrees) return
      hasChanges = undefined
      action?.()
    },
    filter(next) {
      const changed: ConsoleRoute = { view: 'leads', filters: next }
      address.replace(formatRoute(changed))
      route.value = changed
    },
    backToList: () => go({ view: 'leads', filters }),
  }
}
