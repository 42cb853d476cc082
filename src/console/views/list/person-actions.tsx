import { useSignal } from '@preact/signals'
import { useConsole } from '../../console-context.ts'
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx'

/** What a person has a right to, where the search names one: everything about them as a file, and its erasure. */
export function PersonActions() {
  const { texts: allTexts, list, notices, ports, session, showFailure, navigation } = useConsole()
  const texts = allTexts.value.person
  const isAsking = useSignal(false)
  const { value: term } = list.term
  const isNamed = term?.kind === 'phone' || term?.kind === 'email'
  if (!isNamed || list.rows.value.length === 0 || !session.permits('work')) return null

  async function exportAll(): Promise<void> {
    const answer = await list.exportPerson()
    if (!('value' in answer)) return showFailure(answer.failure)
    ports.save('person.json', answer.value)
    notices.show({ tone: 'good', text: allTexts.value.lead.exported })
  }

  async function eraseAll(): Promise<void> {
    isAsking.value = false
    const answer = await list.erasePerson()
    if (!('value' in answer)) return showFailure(answer.failure)
    notices.show({ tone: 'good', text: texts.erased(answer.value.erased) })
    const { value: route } = navigation.route
    await list.load(route.view === 'leads' ? route.filters : {})
  }

  return (
    <div class="actions">
      <button type="button" class="button" onClick={() => void exportAll()}>
        {texts.export}
      </button>
      <button type="button" class="button" data-kind="danger" onClick={() => (isAsking.value = true)}>
        {texts.erase}
      </button>
      {isAsking.value && (
        <ConfirmDialog
          title={texts.eraseTitle}
          text={texts.eraseText}
          confirm={allTexts.value.lead.eraseConfirm}
          onConfirm={() => void eraseAll()}
          onClose={() => (isAsking.value = false)}
        />
      )}
    </div>
  )
}
