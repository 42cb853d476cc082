import { useBuilder } from '../builder-context.ts'
import type { Dragged, DraftStep, FieldPlace } from '../model/draft.ts'
import { moveStep, removeStep } from '../model/edit-steps.ts'
import { AddField } from './add-field.tsx'
import { OutlineField } from './outline-field.tsx'
import { OutlineRow } from './outline-row.tsx'

/** A step with its fields. What is dropped on it comes after its last field. */
export function OutlineStep({
  step,
  index,
  dragged,
  onDrag,
  onDrop,
}: {
  readonly step: DraftStep
  readonly index: number
  readonly dragged: Dragged | undefined
  readonly onDrag: (what: Dragged | undefined) => void
  readonly onDrop: (at: FieldPlace | { readonly step: number }) => void
}) {
  const { model, texts: allTexts, announce, focusAfter } = useBuilder()
  const texts = allTexts.value.outline
  const { value: selection } = model.selection
  const { steps } = model.form.value
  const name = step.title === '' ? `${texts.step(index + 1)}, ${texts.untitled}` : step.title
  const isSelected = selection.part === 'step' && selection.step === index
  const isOpen = isSelected || (selection.part === 'field' && selection.step === index)

  function move(to: number): void {
    if (to < 0 || to >= steps.length) return
    model.change((form) => moveStep(form, index, to))
    model.select({ part: 'step', step: to })
    announce(texts.movedStep(name, to + 1, steps.length))
  }

  return (
    <li>
      <div
        class="outline-step"
        onDragOver={(event) => {
          if (dragged) event.preventDefault()
        }}
        onDrop={(event) => {
          event.preventDefault()
          event.stopPropagation()
          onDrop({ step: index })
        }}
      >
        <OutlineRow
          id={`step-${step.id}`}
          label={`${index + 1}. ${name}`}
          name={name}
          note={step.when ? texts.conditional : undefined}
          isSelected={isSelected}
          isStep
          canMoveUp={index > 0}
          canMoveDown={index < steps.length - 1}
          canRemove={steps.length > 1}
          onSelect={() => model.select({ part: 'step', step: index })}
          onMove={(direction) => move(direction === 'up' ? index - 1 : index + 1)}
          onRemove={() => {
            const neighbour = steps[index === 0 ? 1 : index - 1]
            focusAfter.value = { row: `step-${neighbour?.id}`, action: 'select' }
            model.change((form) => removeStep(form, index))
            announce(texts.removed(name))
          }}
          onDragStart={() => onDrag({ step: index })}
          onDragEnd={() => onDrag(undefined)}
        />
        {step.fields.length === 0 && <p class="muted small outline-empty">{texts.noFields}</p>}
        <ol class="outline-fields">
          {step.fields.map((field, at) => (
            <OutlineField
              key={field.name}
              field={field}
              place={{ step: index, index: at }}
              dragged={dragged}
              onDrag={onDrag}
              onDrop={onDrop}
            />
          ))}
        </ol>
        {isOpen && <AddField step={index} />}
      </div>
    </li>
  )
}
