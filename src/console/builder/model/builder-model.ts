import { batch, computed, type ReadonlySignal, signal } from '@preact/signals'
import { parseDefinition } from '../../../form/definition.ts'
import type { Draft, DraftForm, DraftLooks, Selection } from './draft.ts'
import { isSameDraft } from './parse-draft.ts'

/** A form that is being built: the draft, what is selected, and its history. */
export interface BuilderModel {
  readonly draft: ReadonlySignal<Draft>
  readonly form: ReadonlySignal<DraftForm>
  readonly looks: ReadonlySignal<DraftLooks>
  readonly selection: ReadonlySignal<Selection>
  /** What is wrong with the draft as a definition. */
  readonly problems: ReadonlySignal<readonly string[]>
  /** Whether the draft differs from what was opened or saved last. */
  readonly isChanged: ReadonlySignal<boolean>
  readonly canUndo: ReadonlySignal<boolean>
  readonly canRedo: ReadonlySignal<boolean>
  select(selection: Selection): void
  /**
   * Changes the form. Changes with the same `key`, one right after the other, are undone together: letters of one text. A
   * change without one is undone by itself.
   */
  change(change: (form: DraftForm) => DraftForm, key?: string): void
  changeLooks(changes: Partial<DraftLooks>, key?: string): void
  undo(): void
  redo(): void
  /** Replaces everything, as a change that can be undone. */
  replace(draft: Draft): void
  /** Takes a draft for saved: the one that was sent. What has been changed since stays unsaved. */
  markSaved(sent: Draft): void
}

/** How many changes can be undone. */
const maxHistory = 200

/** Creates the state of a builder. */
export function createBuilderModel(opened: Draft): BuilderModel {
  const draft = signal(opened)
  const saved = signal(opened)
  const past = signal<readonly Draft[]>([])
  const future = signal<readonly Draft[]>([])
  const selection = signal<Selection>({ part: 'form' })
  let lastKey: string | undefined

  function apply(next: Draft, key?: string): void {
    if (isSameDraft(next, draft.value)) return
    batch(() => {
      if (key === undefined || key !== lastKey) past.value = [...past.value, draft.value].slice(-maxHistory)
      future.value = []
      draft.value = next
    })
    lastKey = key
  }

  function travel(from: typeof past, to: typeof past): void {
    const next = from.value.at(-1)
    if (!next) return
    lastKey = undefined
    batch(() => {
      to.value = [...to.value, draft.value]
      from.value = from.value.slice(0, -1)
      draft.value = next
      selection.value = clampSelection(selection.value, next.form)
    })
  }

  return {
    draft,
    form: computed(() => draft.value.form),
    looks: computed(() => draft.value.looks),
    selection: computed(() => clampSelection(selection.value, draft.value.form)),
    problems: computed(() => {
      const parsed = parseDefinition(draft.value.form)
      return 'problems' in parsed ? parsed.problems : []
    }),
    isChanged: computed(() => !isSameDraft(draft.value, saved.value)),
    canUndo: computed(() => past.value.length > 0),
    canRedo: computed(() => future.value.length > 0),
    select(next) {
      lastKey = undefined
      selection.value = next
    },
    change: (change, key) => apply({ ...draft.value, form: change(draft.value.form) }, key),
    changeLooks: (changes, key) =>
      apply({ ...draft.value, looks: { ...draft.value.looks, ...changes } }, key),
    undo: () => travel(past, future),
    redo: () => travel(future, past),
    replace: (next) => apply(next),
    markSaved(sent) {
      lastKey = undefined
      saved.value = sent
    },
  }
}

/** What was selected may be gone. */
function clampSelection(selection: Selection, { steps }: DraftForm): Selection {
  if (selection.part === 'step') return selection.step in steps ? selection : { part: 'form' }
  if (selection.part !== 'field') return selection
  const step = steps[selection.step]
  if (!step) return { part: 'form' }
  return selection.index in step.fields ? selection : { part: 'step', step: selection.step }
}
