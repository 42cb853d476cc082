import { batch, type Signal, signal } from '@preact/signals-core'
import type { ActionsSource, FormActions, FormContext } from './form-actions.ts'
import type { FormAlert } from './form-status.ts'

/** Creates what calls a form's actions, whose code comes after the first step is shown. */
export function createActionsLoader(
  ports: ActionsSource,
  alert: Signal<FormAlert | undefined>,
  readContext: () => FormContext,
) {
  const isWaiting = signal(false)
  /** What the person has asked for meanwhile. */
  let wanted: ((loaded: FormActions) => void) | undefined
  let actions: FormActions | undefined
  let destroyed = false

  function findActions(): FormActions | undefined {
    actions ??= ports.createActions(readContext())
    return actions
  }

  function act(action: (loaded: FormActions) => void): void {
    const loaded = findActions()
    if (loaded) return action(loaded)
    wanted = action
    if (isWaiting.value) return
    isWaiting.value = true
    alert.value = undefined
    ports.loadActions().then(
      () => endWaiting(),
      () => endWaiting({ kind: 'failed', code: 'loading' }),
    )
  }

  function endWaiting(failure?: FormAlert): void {
    if (destroyed) return
    batch(() => {
      isWaiting.value = false
      alert.value = failure
      if (wanted && !failure) act(wanted)
    })
  }

  return {
    /** Whether the person waits for the actions to come. */
    isWaiting,

    /** The actions, which are created as soon as their code has come. */
    findActions,

    /** The actions, if they have been created. */
    actions: () => actions,

    /** Does what the person asks for now, or once the actions have come; of several things the last one. */
    act,

    /** Reviews what the person has left, now or once the actions have come: nobody waits for that. */
    review(start: (loaded: FormActions) => void): void {
      const loaded = findActions()
      if (loaded) return start(loaded)
      ports.loadActions().then(
        () => {
          const come = destroyed ? undefined : findActions()
          if (come) start(come)
        },
        // The next step cannot be reached without them.
        () => undefined,
      )
    },

    destroy() {
      destroyed = true
    },
  }
}
