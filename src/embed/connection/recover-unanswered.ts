import type { ReadonlySignal, Signal } from '@preact/signals-core'
import type { FormModel } from '../../state/form-model.ts'
import type { NoticeComponent } from '../../ui/form-view.ts'
import { claimUnanswered } from './unanswered-lead.ts'
import { waitForConnection } from './wait-for-connection.ts'

/** A form that shows what became of a lead. */
export interface RecoveringForm {
  readonly model: FormModel
  /** What is shown above the form. */
  readonly recovery: Signal<NoticeComponent | undefined>
  /** Loads what later steps need, and its texts. */
  complete(): Promise<unknown>
}

/** When the code that asks for the outcome of a lead is loaded again, in milliseconds. */
const pauseMs = 10_000

/**
 * Finds out what became of a lead that was sent before the page was loaded. The form gets its identity, so that it is the
 * same lead if the person sends it again.
 */
export async function recoverUnanswered(
  shown: ReadonlySignal<RecoveringForm | undefined>,
  relay: string,
): Promise<void> {
  const model = shown.peek()?.model
  const identity = model && claimUnanswered(relay, Date.now())
  if (!identity) return
  model.restoreState({ ...model.exportState(), startedLead: { identity, startedAt: new Date() } })
  while (shown.peek())
    try {
      const { recoverLead } = await import('../on-demand/recovery.chunk.ts')
      return recoverLead(shown, relay, identity)
    } catch {
      await waitForConnection(pauseMs)
    }
}
