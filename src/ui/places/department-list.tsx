import { useComputed, useSignal, useSignalEffect } from '@preact/signals'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { foldWords } from '../../places/fold-place.ts'
import { ListBox } from '../combobox/list-box.tsx'
import { useCombobox } from '../combobox/use-combobox.ts'
import type { PlaceListProps } from '../form-view.ts'

/** Finds the names of the departments of a code. It rejects if they are not to be had. */
export type FindDepartments = (code: string, signal: AbortSignal) => Promise<readonly string[]>

type DepartmentListProps = Omit<PlaceListProps, 'place'>

/**
 * Offers the names of the department whose code was entered, before or after the field itself. They are never written
 * over what the person has typed. Without an answer the field is as it was.
 */
export function DepartmentList({ find, ...props }: DepartmentListProps & { readonly find: FindDepartments }) {
  const { view, label, model } = props
  const code = view.model.fields['passportIssuedCode']
  const names = useSignal<readonly string[]>([])
  /** The names that were offered for an earlier code. One of them is no text of the person's own. */
  const outdated = useRef(new Set<string>())
  useSignalEffect(() => {
    const entered = code?.value.value
    for (const name of names.peek()) outdated.current.add(name)
    names.value = []
    if (typeof entered !== 'string') return undefined
    const request = new AbortController()
    find(entered, request.signal).then(
      (found) => {
        if (request.signal.aborted) return
        names.value = found
        const { departments } = view.texts
        if (found.length > 0 && departments && !model.text.peek())
          view.live.announceSoon(`${label}: ${departments.found(found.length)}`)
      },
      () => undefined,
    )
    return () => request.abort()
  })
  if (names.value.length === 0) return null
  return (
    <DepartmentSuggestions
      {...props}
      // Other names are another list, with another offer.
      key={names.value.join('\n')}
      names={names.value}
      outdated={outdated.current}
    />
  )
}

function DepartmentSuggestions({
  view,
  field,
  model,
  input,
  id,
  label,
  names,
  outdated,
}: DepartmentListProps & { readonly names: readonly string[]; readonly outdated: ReadonlySet<string> }) {
  const { departments } = view.texts
  const { name } = field
  const popup = useRef<HTMLDivElement>(null)
  const listId = `${id}-list`
  const { list, busy, scrollTo } = useCombobox<string>(input, popup, listId, {
    find: async (text) => findNames(names, text),
    // A click shows all names: those that fit what was typed are shown while the person types.
    isChosen: () => true,
    findCertain: (items) => (items.length === 1 ? items[0] : undefined),
    textOf: (item) => item,
    choose: (item) => view.model.fill({ [name]: item }),
    commit: () => undefined,
    opensOnFocus: () => model.text.peek() === '',
  })

  const { items } = list ?? {}
  const count = items?.length ?? 0
  useLayoutEffect(() => {
    if (count > 0 && departments) view.live.announce(departments.found(count))
  }, [items, count, view, departments])

  const [only = ''] = names
  // A key renders the list again only if this changes.
  const isOffered = useComputed(() => {
    const text = model.text.value
    return text === '' || (outdated.has(text) && !names.includes(text))
  }).value
  const accept = (): void => {
    if (names.length === 1) return view.model.acceptSuggestion(name, only)
    input.current?.focus()
    input.current?.click()
  }
  return (
    <>
      <div class="anketa-popup" ref={popup}>
        <ListBox
          id={listId}
          label={label}
          list={list}
          busy={busy}
          isWhole
          keyOf={(item) => item}
          onScroll={scrollTo}
        >
          {(item) => (
            <span class="anketa-option-name" part="option-name">
              {item}
            </span>
          )}
        </ListBox>
      </div>
      {isOffered && departments && (
        <button
          type="button"
          class="anketa-suggestion"
          part="suggestion"
          data-action="offer"
          onClick={accept}
        >
          {names.length === 1 ? departments.fill(only) : departments.choose(names.length)}
        </button>
      )}
    </>
  )
}

/** The names with all words of a text, in any order and case. */
function findNames(names: readonly string[], text: string): readonly string[] {
  const words = foldWords(text).split(' ')
  return names.filter((name) => words.every((word) => foldWords(name).includes(word)))
}
