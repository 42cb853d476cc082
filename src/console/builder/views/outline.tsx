import { useSignal } from '@preact/signals'
import { useBuilder } from '../builder-context.ts'
import type { Dragged, FieldPlace, Selection } from '../model/draft.ts'
import { addStep, moveField, moveStep } from '../model/edit-steps.ts'
import { OutlineStep } from './outline-step.tsx'

/** The steps and fields of a form, which are put in order here, and the parts beside them. */
export function Outline() {
  const { model, texts: allTexts, announce } = useBuilder()
  const texts = allTexts.value.outline
  const dragged = useSignal<Dragged | undefined>(undefined)
  const { value: form } = model.form
  const { value: selection } = model.selection
  const parts: readonly (Selection & { readonly part: 'form' | 'consents' | 'looks' | 'after' })[] = [
    { part: 'form' },
    { part: 'consents' },
    { part: 'looks' },
    { part: 'after' },
  ]

  function drop(at: FieldPlace | { readonly step: number }): void {
    const { value: from } = dragged
    dragged.value = undefined
    if (!from) return
    if (!('index' in from)) {
      model.change((now) => moveStep(now, from.step, at.step))
      model.select({ part: 'step', step: at.step })
      return
    }
    const index = 'index' in at ? at.index : (form.steps[at.step]?.fields.length ?? 0)
    // The place counts without the field itself.
    const isAfterItself = from.step === at.step && from.index < index
    const to = { step: at.step, index: isAfterItself ? index - 1 : index }
    model.change((now) => moveField(now, from, to))
    model.select({ part: 'field', ...to })
  }

  return (
    <section class="panel outline" aria-label={texts.title}>
      <ul class="outline-parts">
        {parts.map((part) => (
          <li key={part.part}>
            <button
              type="button"
              class="outline-item"
              aria-pressed={selection.part === part.part}
              onClick={() => model.select(part)}
            >
              {texts[part.part]}
            </button>
          </li>
        ))}
      </ul>
      <h2>{texts.title}</h2>
      <p class="muted small">{texts.keys}</p>
      <ol class="outline-steps">
        {form.steps.map((step, index) => (
          <OutlineStep
            key={step.id}
            step={step}
            index={index}
            dragged={dragged.value}
            onDrag={(what) => (dragged.value = what)}
            onDrop={drop}
          />
        ))}
      </ol>
      <button
        type="button"
        class="button"
        onClick={() => {
          const added = form.steps.length
          model.change((now) => addStep(now, texts.newStep))
          model.select({ part: 'step', step: added })
          announce(texts.added(texts.step(added + 1)))
        }}
      >
        {texts.addStep}
      </button>
    </section>
  )
}
