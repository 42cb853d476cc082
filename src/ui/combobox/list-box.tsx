import type { ReadonlySignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { type OptionList, rowsToRender } from './combobox-state.ts'
import { optionId } from './use-combobox.ts'

/**
 * The list under a combobox. Only the visible options and some around them are rendered, so that a list of thousands
 * opens and scrolls like one of ten.
 */
export function ListBox<Item>({
  id,
  label,
  list,
  busy,
  isWhole = false,
  keyOf,
  children,
  onScroll,
}: {
  readonly id: string
  readonly label: string
  readonly list: OptionList<Item> | undefined
  /** Whether the options are those of an earlier text, so that none can be chosen. */
  readonly busy: ReadonlySignal<boolean>
  /** Whether all options are rendered: a short list, whose rows may have any height. */
  readonly isWhole?: boolean
  /** What identifies an option and all that it shows. An option with another key is another element. */
  readonly keyOf: (item: Item) => string
  readonly children: (item: Item) => ComponentChildren
  /** Called with the index of the first visible row. */
  readonly onScroll: (top: number) => void
}) {
  const box = useRef<HTMLDivElement>(null)
  const before = useRef<HTMLDivElement>(null)
  const after = useRef<HTMLDivElement>(null)
  const { items = [], active = -1, top = 0 } = list ?? {}
  const { from, to } = isWhole ? { from: 0, to: items.length } : rowsToRender(items.length, top)
  const isOpen = items.length > 0

  /**
   * All rows have one height, which the page's own styles may change. It is measured once per opening: reading the
   * layout before the spacers have their heights would make the browser scroll.
   */
  const rowHeight = useRef(0)

  useLayoutEffect(() => {
    if (!isOpen) return
    rowHeight.current = box.current?.querySelector<HTMLElement>('[role=option]')?.offsetHeight ?? 0
  }, [isOpen])

  useLayoutEffect(() => {
    // Set through the object model, because a strict policy blocks style attributes.
    if (before.current) before.current.style.height = `${from * rowHeight.current}px`
    if (after.current) after.current.style.height = `${(items.length - to) * rowHeight.current}px`
  }, [items, from, to])

  useLayoutEffect(() => {
    const element = box.current
    if (!element || !isOpen) return
    const selected = isWhole ? element.querySelector<HTMLElement>('[aria-selected=true]') : null
    const start = selected?.offsetTop ?? Math.max(0, active) * rowHeight.current
    const end = start + (selected?.offsetHeight ?? rowHeight.current)
    if (start < element.scrollTop) element.scrollTop = start
    else if (end > element.scrollTop + element.clientHeight) element.scrollTop = end - element.clientHeight
  }, [items, active, isOpen, isWhole])

  useLayoutEffect(() => {
    if (isOpen) box.current?.scrollIntoView({ block: 'nearest' })
  }, [isOpen])

  return (
    <div
      ref={box}
      id={id}
      class={isWhole ? 'anketa-list anketa-whole' : 'anketa-list'}
      part="listbox"
      role="listbox"
      aria-label={label}
      aria-busy={busy}
      hidden={!isOpen}
      onScroll={({ currentTarget }) => {
        const row = Math.floor(currentTarget.scrollTop / (rowHeight.current || 1))
        if (row !== top) onScroll(row)
      }}
    >
      <div ref={before} />
      {items.slice(from, to).map((item, index) => {
        const row = from + index
        return (
          <div
            key={keyOf(item)}
            id={optionId(id, row)}
            class="anketa-option"
            part="option"
            role="option"
            aria-selected={row === active ? 'true' : 'false'}
            aria-setsize={items.length}
            aria-posinset={row + 1}
          >
            {children(item)}
          </div>
        )
      })}
      <div ref={after} />
    </div>
  )
}
