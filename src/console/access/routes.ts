/** Filters of the list of leads. They are part of the page's address. */
export const filterNames = ['form', 'status', 'destination', 'from', 'to', 'attribution'] as const

/** One of {@link filterNames}. */
export type FilterName = (typeof filterNames)[number]

/** The filters that are set. */
export type LeadFilters = { readonly [name in FilterName]?: string }

/** A view of the console. */
export type ConsoleRoute =
  | { readonly view: 'leads'; readonly filters: LeadFilters }
  | { readonly view: 'lead'; readonly id: string }
  | { readonly view: 'stats' }
  | { readonly view: 'health' }
  | { readonly view: 'audit' }
  | { readonly view: 'forms' }
  | { readonly view: 'form'; readonly form: string }
  | { readonly view: 'new-form' }

/** Reads a view from the part of the address after `#`. An unknown one is the list of leads. */
export function parseRoute(hash: string): ConsoleRoute {
  const [path = '', query = ''] = hash.replace(/^#?\/?/, '').split('?')
  const [view = '', id = ''] = path.split('/')
  if (view === 'leads' && /^[\da-f-]{36}$/i.test(id)) return { view: 'lead', id: id.toLowerCase() }
  if (view === 'stats' || view === 'health' || view === 'audit' || view === 'new-form') return { view }
  if (view === 'forms') return /^[\w-]+$/.test(id) ? { view: 'form', form: id } : { view }
  const parameters = new URLSearchParams(query)
  return {
    view: 'leads',
    filters: Object.fromEntries(
      filterNames.flatMap((name) => {
        const value = parameters.get(name)
        return value ? [[name, value]] : []
      }),
    ),
  }
}

/** The part of the address after `#`, with `#`. */
export function formatRoute(route: ConsoleRoute): string {
  switch (route.view) {
    case 'lead':
      return `#/leads/${route.id}`
    case 'form':
      return `#/forms/${route.form}`
    case 'stats':
    case 'health':
    case 'audit':
    case 'forms':
    case 'new-form':
      return `#/${route.view}`
    case 'leads': {
      const query = formatFilters(route.filters)
      return query ? `#/leads?${query}` : '#/leads'
    }
  }
}

/** Filters as a query, without `?`. */
export function formatFilters(filters: LeadFilters): string {
  const set = filterNames.flatMap((name) => (filters[name] ? [[name, filters[name]]] : []))
  return new URLSearchParams(set).toString()
}
