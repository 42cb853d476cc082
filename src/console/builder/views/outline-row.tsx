import { useLayoutEffect, useRef } from 'preact/hooks'
import { Icon } from '../../parts/icon.tsx'
import { useBuilder } from '../builder-context.ts'

/** A step or a field: it is selected by a press, and moved by dragging, by its buttons, or by keys. */
export function OutlineRow({
  id,
  label,
  name,
  note,
  isSelected,
  isStep = false,
  canMoveUp,
  canMoveDown,
  canRemove,
  onSelect,
  onMove,
  onRemove,
  onDrop,
  onDragStart,
  onDragEnd,
}: {
  /** Of the element, to find it again when it has moved. */
  readonly id: string
  readonly label: string
  /** For the names of the buttons. */
  readonly name: string
  readonly note?: string | undefined
  readonly isSelected: boolean
  readonly isStep?: boolean
  readonly canMoveUp: boolean
  readonly canMoveDown: boolean
  readonly canRemove: boolean
  readonly onSelect: () => void
  readonly onMove: (direction: 'up' | 'down') => void
  readonly onRemove: () => void
  /** Takes what is dropped on it. */
  readonly onDrop?: (() => void) | undefined
  readonly onDragStart: () => void
  readonly onDragEnd: () => void
}) {
  const { texts: allTexts, focusAfter } = useBuilder()
  const texts = allTexts.value.outline
  const row = useRef<HTMLDivElement>(null)
  // Moving to another step creates the row again, and the focus has to follow it.
  useLayoutEffect(() => {
    const { value: wanted } = focusAfter
    if (wanted?.row !== id) return
    focusAfter.value = undefined
    const button = row.current?.querySelector<HTMLButtonElement>(`[data-action='${wanted.action}']`)
    const target = button && !button.disabled ? button : row.current?.querySelector('button')
    target?.focus()
  })

  function move(direction: 'up' | 'down', action: string): void {
    focusAfter.value = { row: id, action }
    onMove(direction)
  }

  return (
    <div
      ref={row}
      class={isStep ? 'outline-row outline-row-step' : 'outline-row'}
      draggable
      onDragStart={(event) => {
        event.stopPropagation()
        // Firefox drags nothing without data.
        event.dataTransfer?.setData('text/plain', name)
        onDragStart()
      }}
      onDragEnd={onDragEnd}
      onDragOver={(event) => {
        if (onDrop) event.preventDefault()
      }}
      onDrop={(event) => {
        if (!onDrop) return
        event.preventDefault()
        event.stopPropagation()
        onDrop()
      }}
    >
      <button
        type="button"
        class="outline-item"
        data-action="select"
        aria-pressed={isSelected}
        onClick={onSelect}
        onKeyDown={(event) => {
          const direction = event.key === 'ArrowUp' ? 'up' : event.key === 'ArrowDown' ? 'down' : undefined
          if (event.altKey && direction) {
            event.preventDefault()
            if (direction === 'up' ? canMoveUp : canMoveDown) move(direction, 'select')
          } else if (event.key === 'Delete' && canRemove) {
            event.preventDefault()
            onRemove()
          }
        }}
      >
        <span>{label}</span>
        {note !== undefined && <span class="muted small"> · {note}</span>}
      </button>
      <button
        type="button"
        class="button outline-tool"
        data-kind="quiet"
        data-action="up"
        aria-label={texts.up(name)}
        title={texts.up(name)}
        disabled={!canMoveUp}
        onClick={() => move('up', 'up')}
      >
        <Icon name="up" />
      </button>
      <button
        type="button"
        class="button outline-tool"
        data-kind="quiet"
        data-action="down"
        aria-label={texts.down(name)}
        title={texts.down(name)}
        disabled={!canMoveDown}
        onClick={() => move('down', 'down')}
      >
        <Icon name="down" />
      </button>
      <button
        type="button"
        class="button outline-tool"
        data-kind="quiet"
        aria-label={texts.remove(name)}
        title={texts.remove(name)}
        disabled={!canRemove}
        onClick={onRemove}
      >
        <Icon name="close" />
      </button>
    </div>
  )
}
