import { useRef } from 'preact/hooks'
import { useHotkeys } from '../../access/hotkeys.ts'
import { formatRoute } from '../../access/routes.ts'
import { useConsole } from '../../console-context.ts'
import type { LeadRow } from '../../../relay/http/admin/lead-answers.ts'
import { Moment } from '../../parts/moment.tsx'
import { StatusBadge, statusTones } from '../../parts/status-badge.tsx'

/** The rows. On a narrow screen each is a card. */
export function LeadsTable() {
  const { texts: allTexts, list, session } = useConsole()
  const { list: texts } = allTexts.value
  const { columns } = texts
  const table = useRef<HTMLTableElement>(null)
  const { value: rows } = list.rows
  const { value: selected } = list.selected
  const canWork = session.permits('work')

  /** The links to the leads, of which the one of the current row has the focus. */
  function links(): readonly HTMLElement[] {
    return [...(table.current?.querySelectorAll<HTMLElement>('tbody a') ?? [])]
  }

  function move(event: KeyboardEvent, by: number): void {
    const all = links()
    const current = findFocusedRow(table.current)
    const index = all.findIndex((link) => link.closest('tr') === current)
    // The arrows scroll the page unless a row has the focus.
    if (event.key.startsWith('Arrow') && index < 0) return
    event.preventDefault()
    all[index < 0 ? 0 : Math.min(Math.max(index + by, 0), all.length - 1)]?.focus()
  }

  useHotkeys(
    {
      KeyJ: (event) => move(event, 1),
      KeyK: (event) => move(event, -1),
      ArrowDown: (event) => move(event, 1),
      ArrowUp: (event) => move(event, -1),
      KeyX() {
        const id = findFocusedRow(table.current)?.dataset['lead']
        if (id !== undefined && canWork) list.select([id], !list.selected.value.has(id))
      },
    },
    table,
  )

  return (
    <table class="leads" ref={table}>
      <thead>
        <tr>
          {canWork && (
            <th class="pick" scope="col">
              <input
                type="checkbox"
                aria-label={texts.pickAll}
                checked={rows.every(({ id }) => selected.has(id))}
                onChange={(event) =>
                  list.select(
                    rows.map(({ id }) => id),
                    event.currentTarget.checked,
                  )
                }
              />
            </th>
          )}
          <th scope="col">{columns.number}</th>
          <th scope="col">{columns.when}</th>
          <th scope="col">{columns.status}</th>
          <th scope="col">{columns.person}</th>
          <th scope="col" class="amount">
            {columns.amount}
          </th>
          <th scope="col">{columns.form}</th>
          <th scope="col">{columns.destination}</th>
          <th scope="col">{columns.problem}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <LeadTableRow key={row.id} row={row} isSelected={selected.has(row.id)} canWork={canWork} />
        ))}
      </tbody>
    </table>
  )
}

function LeadTableRow({
  row,
  isSelected,
  canWork,
}: {
  readonly row: LeadRow
  readonly isSelected: boolean
  readonly canWork: boolean
}) {
  const { texts: allTexts, list, navigation, notices, formats } = useConsole()
  const { list: texts, statuses, problems } = allTexts.value
  const { id, number, status, amount, problem } = row

  function open(event: MouseEvent): void {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    notices.clear()
    navigation.go({ view: 'lead', id })
  }

  return (
    <tr data-lead={id} data-selected={isSelected ? '' : undefined}>
      {canWork && (
        <td class="pick">
          <input
            type="checkbox"
            aria-label={texts.pick(number)}
            checked={isSelected}
            onChange={(event) => list.select([id], event.currentTarget.checked)}
          />
        </td>
      )}
      <td class="number">
        <a href={formatRoute({ view: 'lead', id })} onClick={open}>
          {number}
        </a>
      </td>
      <td class="when">
        <Moment at={row.receivedAt} />
      </td>
      <td class="status">
        <StatusBadge tone={statusTones[status]} text={statuses[status].label} />
        {row.step !== undefined && <span class="muted"> {row.step}</span>}
      </td>
      <td class="person">{row.person}</td>
      <td class="amount">{amount === undefined ? '' : formats.value.amount(amount)}</td>
      <td class="form">{row.form}</td>
      <td class="target">{row.destination ?? ''}</td>
      <td class="problem">{problem ? problems[problem] : ''}</td>
    </tr>
  )
}

function findFocusedRow(table: HTMLElement | null): HTMLElement | undefined {
  const root = table?.getRootNode()
  const active = root instanceof Document ? root.activeElement : null
  return table?.contains(active) ? (active?.closest<HTMLElement>('tr[data-lead]') ?? undefined) : undefined
}
