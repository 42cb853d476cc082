import { batch, type ReadonlySignal, signal } from '@preact/signals'
import type {
  BulkRetryAnswer,
  EraseAnswer,
  FilterChoices,
  LeadList,
  LeadRow,
} from '../../relay/http/admin/lead-answers.ts'
import type { Answered, RelayClient, RequestFailure } from '../access/relay-client.ts'
import { formatFilters, type LeadFilters } from '../access/routes.ts'
import { type SearchTerm, toSearch } from './search-term.ts'

/** The list of leads: pages of it, what is searched for, and what is selected. */
export interface LeadListModel {
  readonly rows: ReadonlySignal<readonly LeadRow[]>
  /** Whether there are more rows than those. */
  readonly hasMore: ReadonlySignal<boolean>
  readonly loading: ReadonlySignal<boolean>
  /** Whether `rows` are an answer; false before the first one. */
  readonly loaded: ReadonlySignal<boolean>
  readonly failure: ReadonlySignal<RequestFailure | undefined>
  /** The filters of the rows, as a query. */
  readonly query: ReadonlySignal<string>
  readonly term: ReadonlySignal<SearchTerm | undefined>
  readonly selected: ReadonlySignal<ReadonlySet<string>>
  readonly choices: ReadonlySignal<FilterChoices | undefined>
  /** Loads the first page. */
  load(filters: LeadFilters): Promise<void>
  /** Searches in memory only: what is searched for never becomes part of an address. */
  search(term: SearchTerm | undefined): Promise<void>
  loadMore(): Promise<void>
  loadChoices(): Promise<void>
  select(ids: readonly string[], isSelected: boolean): void
  /** Sends the selected leads again, as far as they may be. */
  retrySelected(): Promise<Answered<BulkRetryAnswer>>
  /** Takes a lead from the list that was erased. */
  remove(id: string): void
  /** Everything that is stored about the person who is searched for, as a file. */
  exportPerson(): Promise<Answered<Blob>>
  erasePerson(): Promise<Answered<EraseAnswer>>
  clear(): void
}

/** As many leads as one request sends again. */
const maxRetries = 100

/** With fewer leads, the following page is asked for. */
const fullPage = 25

/** Pages that are asked for at once. Each takes the relay a fraction of a second. */
const maxShortPages = 20

/** Creates the list. */
export function createLeadList(client: RelayClient): LeadListModel {
  const rows = signal<readonly LeadRow[]>([])
  const next = signal<string | undefined>(undefined)
  const hasMore = signal(false)
  const loading = signal(false)
  const loaded = signal(false)
  const failure = signal<RequestFailure | undefined>(undefined)
  const query = signal('')
  const term = signal<SearchTerm | undefined>(undefined)
  const selected = signal<ReadonlySet<string>>(new Set())
  const choices = signal<FilterChoices | undefined>(undefined)
  let filters: LeadFilters = {}
  /** Answers to earlier requests are dropped. */
  let latest = 0
  /** How often the list has been cleared: it is another user's then. */
  let clears = 0

  async function fetchPage(cursor: string | undefined): Promise<void> {
    latest += 1
    const current = latest
    loading.value = true
    const answer = await requestPages(cursor, () => current === latest)
    if (current !== latest) return
    batch(() => {
      loading.value = false
      failure.value = 'value' in answer ? undefined : answer.failure
      if (!('value' in answer)) return
      const { leads, next: following } = answer.value
      rows.value = cursor === undefined ? leads : [...rows.value, ...leads]
      next.value = following
      hasMore.value = following !== undefined
      loaded.value = true
      if (cursor === undefined) selected.value = new Set()
    })
  }

  /** A page may have few leads or none although there are more, where filters hardly ever meet: those are asked for, too. */
  async function requestPages(
    cursor: string | undefined,
    isWanted: () => boolean,
  ): Promise<Answered<LeadList>> {
    const leads: LeadRow[] = []
    let following = cursor
    for (let page = 0; page < maxShortPages; page += 1) {
      const answer = await requestPage(following)
      if (!('value' in answer)) return answer
      leads.push(...answer.value.leads)
      following = answer.value.next
      if (following === undefined || leads.length >= fullPage || !isWanted()) break
    }
    return { value: { leads, ...(following === undefined ? {} : { next: following }) } }
  }

  function requestPage(cursor: string | undefined): Promise<Answered<LeadList>> {
    const page = cursor === undefined ? {} : { cursor }
    if (term.value)
      return client.request({
        method: 'POST',
        path: 'admin/leads/search',
        body: { ...filters, ...toSearch(term.value), ...page },
      })
    const parameters = [query.value, new URLSearchParams(page).toString()].filter(Boolean).join('&')
    return client.request({ path: parameters ? `admin/leads?${parameters}` : 'admin/leads' })
  }

  /** The body that names the person who is searched for. */
  function person(): object {
    return term.value ? toSearch(term.value) : {}
  }

  return {
    rows,
    hasMore,
    loading,
    loaded,
    failure,
    query,
    term,
    selected,
    choices,
    load(wanted) {
      filters = wanted
      query.value = formatFilters(wanted)
      return fetchPage(undefined)
    },
    search(wanted) {
      term.value = wanted
      return fetchPage(undefined)
    },
    loadMore: () => fetchPage(next.value),
    async loadChoices() {
      const answer = await client.request<FilterChoices>({ path: 'admin/filters' })
      if ('value' in answer) choices.value = answer.value
    },
    select(ids, isSelected) {
      const changed = new Set(selected.value)
      for (const id of ids) {
        if (isSelected) changed.add(id)
        else changed.delete(id)
      }
      selected.value = changed
    },
    async retrySelected() {
      const ids = [...selected.value]
      const current = clears
      const done: { retried: string[]; skipped: BulkRetryAnswer['skipped'][number][] } = {
        retried: [],
        skipped: [],
      }
      for (let start = 0; start < ids.length; start += maxRetries) {
        if (current !== clears) return { failure: 'signed-out' }
        const answer = await client.request<BulkRetryAnswer>({
          method: 'POST',
          path: 'admin/leads/retry',
          body: { ids: ids.slice(start, start + maxRetries) },
        })
        if (!('value' in answer)) return answer
        done.retried.push(...answer.value.retried)
        done.skipped.push(...answer.value.skipped)
      }
      return { value: done }
    },
    remove(id) {
      rows.value = rows.value.filter((row) => row.id !== id)
    },
    exportPerson: () => client.requestFile({ method: 'POST', path: 'admin/export', body: person() }),
    erasePerson: () => client.request({ method: 'POST', path: 'admin/erase', body: person() }),
    clear() {
      latest += 1
      clears += 1
      batch(() => {
        rows.value = []
        term.value = undefined
        selected.value = new Set()
        choices.value = undefined
        failure.value = undefined
        loaded.value = false
        loading.value = false
      })
    },
  }
}
