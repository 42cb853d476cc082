import { useSignal } from '@preact/signals'
import { useConsole } from '../../console-context.ts'

/** What can be done with the selected leads. */
export function SelectionBar() {
  const { texts: allTexts, list, navigation, notices, showFailure } = useConsole()
  const { list: texts, skipReasons } = allTexts.value
  const busy = useSignal(false)
  const { value: selected } = list.selected
  if (selected.size === 0) return null

  async function resend(): Promise<void> {
    if (busy.value) return
    busy.value = true
    const numbers = new Map(list.rows.value.map(({ id, number }) => [id, number]))
    const answer = await list.retrySelected()
    busy.value = false
    if (!('value' in answer)) return showFailure(answer.failure)
    const { retried, skipped } = answer.value
    const { value: route } = navigation.route
    await list.load(route.view === 'leads' ? route.filters : {})
    notices.show({
      tone: skipped.length > 0 ? 'warn' : 'good',
      text: [
        texts.resent(retried.length),
        ...(skipped.length > 0 ? [texts.skipped(skipped.length)] : []),
      ].join(' '),
      lines: skipped.map(({ id, code }) => `${numbers.get(id) ?? id}: ${skipReasons[code]}`),
    })
  }

  return (
    <div class="selection" role="region" aria-label={texts.picked(selected.size)}>
      <span>{texts.picked(selected.size)}</span>
      <span class="spread" />
      <button type="button" class="button" onClick={() => list.select([...selected], false)}>
        {texts.unpick}
      </button>
      <button
        type="button"
        class="button"
        data-kind="main"
        aria-disabled={busy.value}
        onClick={() => void resend()}
      >
        {texts.resend}
      </button>
    </div>
  )
}
