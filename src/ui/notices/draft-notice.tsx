import { useLayoutEffect } from 'preact/hooks'
import type { NoticeComponent } from '../form-view.ts'

/**
 * Creates what is shown above a form with answers from earlier, or above one whose answers have been deleted. `isPart`:
 * the form asks something that is never kept.
 */
export function createDraftNotice(
  kind: 'restored' | 'expired',
  isPart: boolean,
  restart: () => void,
): NoticeComponent {
  return function DraftNotice({ view: { model, texts, live } }) {
    const own = texts.draft
    const isRestored = kind === 'restored'
    const text = own && [own[kind], isRestored && isPart && own.notKept].filter(Boolean).join(' ')
    useLayoutEffect(() => {
      if (text) live.announceSoon(text)
    }, [live, text])
    if (!own || model.pendingCode.value) return null
    return (
      <div class="anketa-notice anketa-draft" part="notice draft">
        <p key={text}>{text}</p>
        {isRestored && (
          <button
            type="button"
            class="anketa-link"
            part="link button-restart"
            data-action="restart"
            onClick={() => {
              if (model.isEditable.peek()) restart()
            }}
          >
            {own.restart}
          </button>
        )}
      </div>
    )
  }
}
