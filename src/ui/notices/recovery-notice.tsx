import type { ReadonlySignal } from '@preact/signals'
import { useLayoutEffect } from 'preact/hooks'
import type { NoticeComponent } from '../form-view.ts'

/** What is known of a lead that was sent before the page was loaded. The texts have the same names. */
export type RecoveryState = 'asking' | 'waiting' | 'lost' | 'lostKept' | 'correct' | 'undecided'

/** Creates what is shown above a form while it is asked for what became of the lead. */
export function createRecoveryNotice(
  state: ReadonlySignal<RecoveryState>,
  askNow: () => void,
): NoticeComponent {
  return function RecoveryNotice({ view: { texts, live, laterViews } }) {
    // Its texts come with these.
    const own = laterViews() && texts.connection
    const text = own?.[state.value]
    useLayoutEffect(() => {
      if (text) live.announceSoon(text)
    }, [live, text])
    if (!own) return null
    return (
      <div class="anketa-notice anketa-draft" part="notice recovery" data-recovery={state.value}>
        <p key={text}>{text}</p>
        {state.value === 'waiting' && (
          <button type="button" class="anketa-link" part="link button-ask" data-action="ask" onClick={askNow}>
            {own.askNow}
          </button>
        )}
      </div>
    )
  }
}
