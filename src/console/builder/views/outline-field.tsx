import { useBuilder } from '../builder-context.ts'
import type { Dragged, DraftField, FieldPlace } from '../model/draft.ts'
import { moveField, nextPlace, removeField } from '../model/edit-steps.ts'
import { describeField } from '../model/field-catalog.ts'
import { OutlineRow } from './outline-row.tsx'

/** A field in the outline. What is dropped on it comes before it. */
export function OutlineField({
  field,
  place,
  dragged,
  onDrag,
  onDrop,
}: {
  readonly field: DraftField
  readonly place: FieldPlace
  readonly dragged: Dragged | undefined
  readonly onDrag: (what: Dragged | undefined) => void
  readonly onDrop: (at: FieldPlace) => void
}) {
  const { model, texts: allTexts, language, announce, focusAfter } = useBuilder()
  const texts = allTexts.value.outline
  const { value: form } = model.form
  const { value: selection } = model.selection
  const label = field.label ?? describeField(field.name, language.value)
  const notes = [
    ...(field.required === false ? [texts.optional] : []),
    ...(field.when ? [texts.conditional] : []),
  ]
  const isDragged =
    dragged !== undefined &&
    'index' in dragged &&
    dragged.step === place.step &&
    dragged.index === place.index

  function move(direction: 'up' | 'down'): void {
    const to = nextPlace(form, place, direction)
    if (!to) return
    model.change((now) => moveField(now, place, to))
    model.select({ part: 'field', ...to })
    const count = (form.steps[to.step]?.fields.length ?? 0) + (to.step === place.step ? 0 : 1)
    announce(texts.moved(label, to.step + 1, to.index + 1, count))
  }

  return (
    <li class="outline-field" data-dragged={isDragged ? 'true' : undefined}>
      <OutlineRow
        id={`field-${field.name}`}
        label={label}
        name={label}
        note={notes.length > 0 ? notes.join(', ') : undefined}
        isSelected={
          selection.part === 'field' && selection.step === place.step && selection.index === place.index
        }
        canMoveUp={nextPlace(form, place, 'up') !== undefined}
        canMoveDown={nextPlace(form, place, 'down') !== undefined}
        canRemove
        onSelect={() => model.select({ part: 'field', ...place })}
        onMove={move}
        onRemove={() => {
          // The focus stays near what is gone.
          focusAfter.value = { row: `step-${form.steps[place.step]?.id}`, action: 'select' }
          model.change((now) => removeField(now, place))
          announce(texts.removed(label))
        }}
        onDrop={dragged && 'index' in dragged ? () => onDrop(place) : undefined}
        onDragStart={() => onDrag(place)}
        onDragEnd={() => onDrag(undefined)}
      />
    </li>
  )
}
