import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { useHotkeys } from '../../access/hotkeys.ts'
import { formatFilters } from '../../access/routes.ts'
import { useConsole } from '../../console-context.ts'
import { FailurePanel } from '../../parts/failure-panel.tsx'
import { ViewHeading } from '../../parts/view-heading.tsx'
import { LeadFilterBar } from './lead-filter-bar.tsx'
import { LeadSearchBox } from './lead-search-box.tsx'
import { LeadsTable } from './leads-table.tsx'
import { PersonActions } from './person-actions.tsx'
import { SelectionBar } from './selection-bar.tsx'

/** The list of leads. It keeps its rows, its search and its selection while a lead is open. */
export function LeadsView() {
  const { texts: allTexts, list, navigation, client, ports, session, showFailure } = useConsole()
  const texts = allTexts.value.list
  const view = useRef<HTMLDivElement>(null)
  const areFiltersOpen = useSignal(false)
  /** A search has an answer that nobody has looked at. */
  const hasFound = useSignal(false)
  const { value: route } = navigation.route
  const filters = route.view === 'leads' ? route.filters : {}
  const query = formatFilters(filters)
  /** The row of the lead that was looked at waits for the focus. */
  const isBack = useRef(navigation.lastLead.value !== undefined)
  const loadedQuery = useRef<string | undefined>(undefined)

  useEffect(() => {
    if (loadedQuery.current === query) return
    // Back from a lead, the list is as it was left.
    const isKept = loadedQuery.current === undefined && list.loaded.value && list.query.value === query
    loadedQuery.current = query
    if (!isKept) void list.load(filters)
    if (!list.choices.value) void list.loadChoices()
  })

  // After the rows are there, which may be long after the view. Who has begun to work by then keeps the focus.
  useEffect(() => {
    if (!isBack.current || !list.loaded.value) return
    isBack.current = false
    if (findFocus(view.current) === null)
      view.current?.querySelector<HTMLElement>(`[data-lead="${navigation.lastLead.value}"] a`)?.focus()
  })

  // The person who searched goes on with the first lead that was found.
  useEffect(() => {
    if (!hasFound.value) return
    hasFound.value = false
    const focused = findFocus(view.current)
    if (list.term.value && (focused === null || focused.closest('[role=search]')))
      view.current?.querySelector<HTMLElement>('tbody a')?.focus()
  })

  useHotkeys(
    {
      '/'(event) {
        event.preventDefault()
        const box = view.current?.querySelector<HTMLInputElement>('input[type=search]')
        box?.focus()
        box?.select()
      },
    },
    view,
  )

  async function download(format: 'csv' | 'ndjson'): Promise<void> {
    // A file that the browser loads cannot wait for another sign-in.
    const answer = await client.request({ path: 'admin/filters' })
    if ('failure' in answer) showFailure(answer.failure)
    else {
      const named = new URLSearchParams({ session: session.user.value?.id ?? '' }).toString()
      ports.download(`${ports.relay}admin/leads.${format}?${query ? `${query}&` : ''}${named}`)
    }
  }

  const { value: rows } = list.rows
  const { value: term } = list.term
  const { value: failure } = list.failure
  const isSet = query !== ''
  return (
    <div class="stack" ref={view}>
      <ViewHeading title={allTexts.value.views.leads} takesFocus={navigation.lastLead.value === undefined}>
        <LeadSearchBox onFound={() => (hasFound.value = true)} />
        <span class="spread" />
        <button
          type="button"
          class="button filters-summary"
          aria-expanded={areFiltersOpen.value}
          onClick={() => (areFiltersOpen.value = !areFiltersOpen.value)}
        >
          {texts.filters}
        </button>
        <button type="button" class="button" onClick={() => void list.load(filters)}>
          {texts.refresh}
        </button>
        {session.permits('work') && !term && (
          <>
            <button type="button" class="button" onClick={() => void download('csv')}>
              {texts.csv}
            </button>
            <button type="button" class="button" onClick={() => void download('ndjson')}>
              {texts.ndjson}
            </button>
          </>
        )}
      </ViewHeading>
      <LeadFilterBar filters={filters} isOpen={areFiltersOpen.value} />
      <PersonActions />
      {failure && <FailurePanel failure={failure} onRetry={() => void list.load(filters)} />}
      <section class="panel" aria-label={allTexts.value.views.leads} aria-busy={list.loading.value}>
        {rows.length > 0 && <LeadsTable />}
        {rows.length === 0 && !failure && (
          <p class="empty">
            {!list.loaded.value
              ? allTexts.value.loading
              : list.hasMore.value
                ? texts.noneYet
                : term
                  ? texts.noneFound
                  : isSet
                    ? texts.none
                    : texts.noneAtAll}
          </p>
        )}
        {(rows.length > 0 || list.hasMore.value) && (
          <div class="more">
            <span>{(term ? texts.found : texts.shown)(rows.length, list.hasMore.value)}</span>
            {list.hasMore.value && (
              <button
                type="button"
                class="button"
                aria-disabled={list.loading.value}
                onClick={() => !list.loading.value && void list.loadMore()}
              >
                {texts.more}
              </button>
            )}
          </div>
        )}
      </section>
      <p class="unseen" role="status">
        {list.loaded.value && !list.loading.value
          ? (term ? texts.found : texts.shown)(rows.length, list.hasMore.value)
          : ''}
      </p>
      <SelectionBar />
    </div>
  )
}

/** What has the focus; `null` for nothing. */
function findFocus(view: HTMLElement | null): Element | null {
  const { activeElement = null, body } = view?.ownerDocument ?? {}
  return activeElement === body ? null : activeElement
}
