import { effect, useSignal } from '@preact/signals'
import { useId, useLayoutEffect } from 'preact/hooks'
import { useConsole } from '../../console-context.ts'
import { parseSearchTerm } from '../../state/search-term.ts'

/** Finds a person or a lead. What is entered is sent in a body and is kept nowhere. */
export function LeadSearchBox({ onFound }: { readonly onFound: () => void }) {
  const { texts: allTexts, list } = useConsole()
  const texts = allTexts.value.list
  const entered = useSignal(list.term.value?.text ?? '')
  const id = useId()
  const guess = parseSearchTerm(entered.value)
  // Another view may end the search. A passive effect would begin late, and drop what has been typed by then.
  useLayoutEffect(
    () =>
      effect(() => {
        if (!list.term.value) entered.value = ''
      }),
    [list, entered],
  )

  return (
    <form
      class="search"
      role="search"
      onSubmit={(event) => {
        event.preventDefault()
        const { value: sought } = entered
        void list.search(parseSearchTerm(sought)).then(() => {
          // Who goes on typing is not done.
          if (entered.value === sought) onFound()
        })
      }}
    >
      <input
        id={id}
        class="input"
        type="search"
        // The name of the field must not make a browser keep or offer people's data.
        name="sought"
        autocomplete="off"
        spellcheck={false}
        aria-label={texts.search}
        placeholder={texts.searchHint}
        value={entered.value}
        onInput={(event) => (entered.value = event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return
          event.preventDefault()
          entered.value = ''
          if (list.term.value) void list.search(undefined)
          else event.currentTarget.blur()
        }}
      />
      <button type="submit" class="button" data-kind="main">
        {texts.find}
        {guess && <span class="unseen">: {texts.kinds[guess.kind]}</span>}
      </button>
      {list.term.value && (
        <button type="button" class="button" onClick={() => void list.search(undefined)}>
          {texts.clear}
        </button>
      )}
    </form>
  )
}
