import { effect, type ReadonlySignal, untracked } from '@preact/signals-core'
import { isFinalOutcome } from '../../state/form-status.ts'
import type { FormInPage, Popup } from './popup.ts'

/** An entry in the browser's history: the form that it belongs to, and how deep in it the person is there. */
type Entry = readonly [form: string, depth: number]

/** The entries of forms up to the current one; none in an entry of the page's own. */
type Stack = readonly Entry[]

/** The forms that have entries. Each learns of what is left of its own. */
const forms = new Map<string, (stack: Stack) => void>()
/** Where the forms have last seen the page: its address, and their entries. */
let address = ''
let last: Stack = []
/** How many moves of our own are still to come, and what waits for them. */
let ownMoves = 0
const whenMoved: (() => void)[] = []
let isListening = false

function readStack(): Stack {
  const { anketa }: { readonly anketa?: Stack } = Object(history.state)
  return Array.isArray(anketa) ? anketa : []
}

/**
 * Follows the moves between entries of forms, and keeps them from listeners that were added later. Routers that listen
 * already get a move to the address that they show, with their own state.
 */
function onMove(event: PopStateEvent): void {
  const stack = readStack()
  const isOwn = ownMoves > 0
  const isOrphan = stack.some(([form]) => !forms.has(form))
  // An entry that was the last one is reached again if the page has added some of its own behind it.
  const isBack = location.href === address && stack.length < last.length
  address = location.href
  last = stack
  if (isOwn) {
    ownMoves -= 1
    if (isBack) event.stopImmediatePropagation()
    if (ownMoves === 0) for (const then of whenMoved.splice(0)) then()
  } else if (isOrphan) {
    // Its form is gone: the entry shows nothing of its own. The page learns of its own entry behind it.
    event.stopImmediatePropagation()
    last = []
    go(-stack.length)
  } else if (isBack) {
    event.stopImmediatePropagation()
    for (const reach of forms.values()) reach(stack)
  }
}

/** Moves in the history, and then goes on. */
function go(delta: number, then?: () => void): void {
  ownMoves += 1
  if (then) whenMoved.push(then)
  history.go(delta)
}

/** Adds an entry with the page's own state and address. */
function push(stack: Stack): void {
  // Scripts of pages replace `history.pushState` to count views and to find the route.
  History.prototype.pushState.call(history, { ...Object(history.state), anketa: stack }, '')
  address = location.href
  last = stack
}

let count = 0

/**
 * Gives each step of a form, and its open popup, an entry in the browser's history, so that the phone's Back returns to
 * the step before. The page's own entries, addresses and routes stay as they are. Returns a function that removes the
 * entries.
 */
export function keepPageHistory(
  shown: ReadonlySignal<FormInPage | undefined>,
  popup: Popup | undefined,
): () => void {
  count += 1
  const name = `${count}-${Date.now()}`
  let ended = false

  /** How deep the person is in the form: its popup counts, and each step after the first. */
  function depth(): number {
    const model = shown.value?.model
    if (!model || (popup && !popup.isOpen.value)) return 0
    const steps = isFinalOutcome(model.status.value) ? 0 : model.index.value
    return steps + (popup ? 1 : 0)
  }

  /** Brings the history to where the form is. */
  function follow(): void {
    if (ownMoves > 0) return void whenMoved.push(follow)
    const wanted = ended ? 0 : untracked(depth)
    const stack = readStack()
    let kept = stack.length
    const isSurplus = ([form, at]: Entry): boolean => form === name && at > wanted
    while (stack.slice(kept - 1, kept).some(isSurplus)) kept -= 1
    if (kept < stack.length) return go(kept - stack.length, follow)
    const [form, at] = stack.at(-1) ?? []
    if (wanted > 0 && !(form === name && at === wanted)) push([...stack, [name, wanted]])
  }

  /** The person has moved back, to an entry of a form or to the page's own. */
  function onReached(stack: Stack): void {
    const [, target] = stack.filter(([form]) => form === name).at(-1) ?? [name, 0]
    const model = shown.peek()?.model
    if (!model) return
    if (popup && target === 0) popup.close()
    for (let steps = untracked(depth) - target; steps > 0 && model.isEditable.peek(); steps -= 1) model.back()
    follow()
  }

  if (!isListening) addEventListener('popstate', onMove, { capture: true })
  isListening = true
  forms.set(name, onReached)
  address = location.href
  last = readStack()
  // The page was loaded again at an entry of a form that was there before.
  if (last.some(([form]) => !forms.has(form))) go(-last.length)
  const stop = effect(() => {
    depth()
    untracked(follow)
  })
  return () => {
    stop()
    ended = true
    forms.delete(name)
    // Those behind an entry of the page's own are passed over when the person comes to them.
    follow()
  }
}
