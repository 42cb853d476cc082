import { useSignal } from '@preact/signals'
import { useHotkeys } from '../../access/hotkeys.ts'
import { useConsole } from '../../console-context.ts'
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx'
import type { LeadDetails } from '../../../relay/http/admin/lead-answers.ts'
import type { LeadPageModel } from '../../state/lead-page.ts'

/** What can be done with a lead as a whole. Each is one press, and erasing is two. */
export function LeadActions({
  page,
  lead,
  view,
}: {
  readonly page: LeadPageModel
  readonly lead: LeadDetails
  readonly view: { readonly current: HTMLElement | null }
}) {
  const { texts: allTexts, session, notices, navigation, list, ports, showFailure } = useConsole()
  const { lead: texts } = allTexts.value
  const isAsking = useSignal(false)
  const canWork = session.permits('work')
  const canRetry = lead.deliveries.some((delivery) => delivery.canRetry)
  const isRevealed = page.revealed.value !== undefined

  async function resend(): Promise<void> {
    if (!canWork || !canRetry) return
    const answer = await page.retry()
    if (!('value' in answer)) showFailure(answer.failure)
    else notices.show({ tone: 'good', text: texts.resent(answer.value.retried.join(', ')) })
  }

  async function toggleValues(): Promise<void> {
    if (!canWork) return
    if (isRevealed) {
      page.hide()
      notices.show({ tone: 'quiet', text: texts.hidden })
      return
    }
    const answer = await page.reveal()
    if (!('value' in answer)) showFailure(answer.failure)
    else notices.show({ tone: 'info', text: texts.revealed })
  }

  async function exportPerson(): Promise<void> {
    if (!canWork) return
    const answer = await page.exportPerson()
    if (!('value' in answer)) return showFailure(answer.failure)
    ports.save(`${lead.number}.json`, answer.value)
    notices.show({ tone: 'good', text: texts.exported })
  }

  async function erase(): Promise<void> {
    isAsking.value = false
    const answer = await page.erase()
    if (!('value' in answer)) return showFailure(answer.failure)
    list.remove(lead.id)
    navigation.backToList()
    notices.show({ tone: 'good', text: texts.erased(lead.number) })
  }

  useHotkeys(
    {
      KeyV: () => void toggleValues(),
      KeyS: () => void resend(),
      KeyE: () => void exportPerson(),
    },
    view,
  )

  return (
    <div class="actions">
      <button type="button" class="button" onClick={() => void page.load()}>
        {texts.refresh}
      </button>
      {canWork && (
        <>
          <button type="button" class="button" aria-pressed={isRevealed} onClick={() => void toggleValues()}>
            {isRevealed ? texts.hide : texts.reveal}
          </button>
          <button type="button" class="button" onClick={() => void exportPerson()}>
            {texts.export}
          </button>
          {canRetry && (
            <button type="button" class="button" data-kind="main" onClick={() => void resend()}>
              {texts.resend}
            </button>
          )}
          <button type="button" class="button" data-kind="danger" onClick={() => (isAsking.value = true)}>
            {texts.erase}
          </button>
        </>
      )}
      {isAsking.value && (
        <ConfirmDialog
          title={texts.eraseTitle(lead.number)}
          text={texts.eraseText}
          confirm={texts.eraseConfirm}
          onConfirm={() => void erase()}
          onClose={() => (isAsking.value = false)}
        />
      )}
    </div>
  )
}
