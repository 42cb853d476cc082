import type { ReadonlySignal } from '@preact/signals'
import { useLayoutEffect } from 'preact/hooks'
import type { NoticeComponent } from '../form-view.ts'

/** What is known of a lead that was sent before the page was loaded. The texts have the same names. */
export interface RecoveryState {
  readonly kind: 'asking' | 'waiting' | 'lost' | 'lostKept' | 'correct' | 'code' | 'undecided' | 'known'
  /** The title of the outcome that is known. */
  readonly title?: string
  /** Whether the form is about the same lead, for certain. */
  readonly isContinued?: boolean
}

/** What a person can do about an earlier lead. */
export interface RecoveryActions {
  askNow(): void
  /** The lead is the person's own: the form goes on with it. */
  goOn(): void
  /** The lead is somebody else's. */
  drop(): void
}

/** Creates what is shown above a form while it is asked for what became of the lead. */
export function createRecoveryNotice(
  state: ReadonlySignal<RecoveryState>,
  actions: RecoveryActions,
): NoticeComponent {
  return function RecoveryNotice({ view: { texts, live, laterViews } }) {
    // Its texts come with these.
    const own = laterViews() && texts.connection
    const { kind, title, isContinued } = state.value
    const isOpen = kind === 'correct' || kind === 'code' || kind === 'undecided'
    const text =
      own &&
      [own[kind], title && `${title}. ${own.unsent}`, isOpen && isContinued && own.refill]
        .filter(Boolean)
        .join(' ')
    useLayoutEffect(() => {
      if (text) live.announceSoon(text)
    }, [live, text])
    if (!own) return null
    const createButton = (
      names: { part: string; 'data-action': string },
      label: string,
      press: () => void,
    ) => (
      <button type="button" class="anketa-link" {...names} onClick={press}>
        {label}
      </button>
    )
    return (
      <div class="anketa-notice anketa-draft" part="notice recovery" data-recovery={kind}>
        <p key={text}>{text}</p>
        {kind === 'waiting' &&
          createButton({ part: 'link button-ask', 'data-action': 'ask' }, own.askNow, actions.askNow)}
        {isOpen &&
          !isContinued &&
          createButton({ part: 'link button-continue', 'data-action': 'continue' }, own.goOn, actions.goOn)}
        {!(isOpen && isContinued) &&
          createButton({ part: 'link button-drop', 'data-action': 'drop' }, own.notMine, actions.drop)}
      </div>
    )
  }
}
