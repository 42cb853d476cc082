import type { ComponentChildren } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { windowOf } from './list-window.ts'
import { type ComboboxState, optionId } from './use-combobox.ts'

/**
 * The list under a combobox. Only the options around those that are seen are drawn, so that a list of thousands opens
 * and scrolls like one of ten.
 */
export function ListBox<Item>({
  id,
  label,
  state: { items = [], active, top },
  children,
  onPick,
  onScroll,
}: {
  readonly id: string
  readonly label: string
  readonly state: ComboboxState<Item>
  readonly children: (item: Item) => ComponentChildren
  readonly onPick: (item: Item) => void
  /** Told the row that stands at the top. */
  readonly onScroll: (top: number) => void
}) {
  const box = useRef<HTMLDivElement>(null)
  const before = useRef<HTMLDivElement>(null)
  const after = useRef<HTMLDivElement>(null)
  const { from, to } = windowOf(items.length, top)
  const isOpen = items.length > 0

  // Rows are of one height, which the page's own styles may change.
  const rowHeight = (): number => box.current?.querySelector<HTMLElement>('[role=option]')?.offsetHeight ?? 0

  useLayoutEffect(() => {
    const row = rowHeight()
    // Through the object model: a strict policy stops style attributes.
    if (before.current) before.current.style.height = `${from * row}px`
    if (after.current) after.current.style.height = `${(items.length - to) * row}px`
  }, [items, from, to])

  useLayoutEffect(() => {
    const list = box.current
    if (!list) return
    const row = rowHeight()
    const start = Math.max(0, active) * row
    if (start < list.scrollTop) list.scrollTop = start
    else if (start + row > list.scrollTop + list.clientHeight)
      list.scrollTop = start + row - list.clientHeight
  }, [items, active])

  useLayoutEffect(() => {
    if (isOpen) box.current?.scrollIntoView({ block: 'nearest' })
  }, [isOpen])

  return (
    <div
      ref={box}
      id={id}
      class="anketa-list"
      part="listbox"
      role="listbox"
      aria-label={label}
      hidden={!isOpen}
      onScroll={({ currentTarget }) => {
        const row = Math.floor(currentTarget.scrollTop / (rowHeight() || 1))
        if (row !== top) onScroll(row)
      }}
    >
      <div ref={before} />
      {items.slice(from, to).map((item, index) => {
        const row = from + index
        return (
          <div
            key={row}
            id={optionId(id, row)}
            class="anketa-option"
            part="option"
            role="option"
            aria-selected={row === active ? 'true' : 'false'}
            aria-setsize={items.length}
            aria-posinset={row + 1}
            // The focus stays in the input.
            onPointerDown={(event) => event.preventDefault()}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onPick(item)}
          >
            {children(item)}
          </div>
        )
      })}
      <div ref={after} />
    </div>
  )
}
