import type { ReadonlySignal, Signal } from '@preact/signals-core'
import type { FormTexts } from '../../i18n/texts.ts'
import type { FormModel } from '../../state/form-model.ts'
import type { NoticeComponent } from '../../ui/form-view.ts'
import { waitForConnection } from './wait-for-connection.ts'

/** A form that shows what became of a lead. */
export interface RecoveringForm {
  readonly model: FormModel
  readonly host: HTMLElement
  readonly texts: FormTexts
  /** What is shown above the form. */
  readonly recovery: Signal<NoticeComponent | undefined>
  /** Loads what later steps need, and its texts. */
  complete(): Promise<unknown>
}

/** When the code that asks for the outcome of a lead is loaded again, in milliseconds. */
const pauseMs = 10_000

/** Finds out what became of a lead that was sent before the page was loaded, where the tab has one. */
export async function recoverUnanswered(
  shown: ReadonlySignal<RecoveringForm | undefined>,
  relay: string,
): Promise<void> {
  while (shown.peek() && hasUnanswered(relay))
    try {
      const { recoverLead } = await import('../on-demand/recovery.chunk.ts')
      return recoverLead(shown, relay)
    } catch {
      await waitForConnection(pauseMs)
    }
}

/** See `unanswered-lead.ts`, which is loaded on demand. */
function hasUnanswered(relay: string): boolean {
  try {
    return Object.keys(sessionStorage).some((name) => name.startsWith(`anketa-unanswered ${relay} `))
  } catch {
    return false
  }
}
