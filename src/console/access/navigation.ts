import { type ReadonlySignal, signal } from '@preact/signals'
import type { AddressPort } from '../ports.ts'
import { type ConsoleRoute, formatRoute, type LeadFilters, parseRoute } from './routes.ts'

/** Which view is shown. */
export interface ConsoleNavigation {
  readonly route: ReadonlySignal<ConsoleRoute>
  /** The lead that was open before the current view. */
  readonly lastLead: ReadonlySignal<string | undefined>
  go(route: ConsoleRoute): void
  /** Changes the filters of the list, without an entry in the history for each of them. */
  filter(filters: LeadFilters): void
  /** Goes to the list with the filters that it had. */
  backToList(): void
}

/** Creates the navigation over the page's address. */
export function createNavigation(address: AddressPort): ConsoleNavigation {
  const route = signal(parseRoute(address.read()))
  const lastLead = signal<string | undefined>(undefined)
  let filters: LeadFilters = {}

  function show(next: ConsoleRoute): void {
    const { value: previous } = route
    lastLead.value = previous.view === 'lead' ? previous.id : undefined
    if (previous.view === 'leads') ({ filters } = previous)
    route.value = next
  }

  function go(next: ConsoleRoute): void {
    address.push(formatRoute(next))
    show(next)
  }

  address.onChange(() => {
    const next = parseRoute(address.read())
    if (formatRoute(next) !== formatRoute(route.value)) show(next)
  })

  return {
    route,
    lastLead,
    go,
    filter(next) {
      const changed: ConsoleRoute = { view: 'leads', filters: next }
      address.replace(formatRoute(changed))
      route.value = changed
    },
    backToList: () => go({ view: 'leads', filters }),
  }
}
