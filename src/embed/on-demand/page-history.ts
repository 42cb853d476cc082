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
/** The longest time that a move takes, in milliseconds. Beyond the start of the history none comes. */
const longestMoveMs = 1000
/** Set while a move of our own is still to come. */
let moving: ReturnType<typeof setTimeout> | undefined
/** Whether such a move begins in the next task. */
let isDue = false
/** What waits for the move. */
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
  const isOwn = moving !== undefined
  const isOrphan = countOrphans(stack) > 0
  // An entry that was the last one is reached again if the page has added some of its own behind it.
  const isBack = location.href === address && stack.length < last.length
  address = location.href
  last = stack
  if (isOwn) {
    clearTimeout(moving)
    moving = undefined
    if (isBack) event.stopImmediatePropagation()
    settle()
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

/** How many entries to leave where a form is gone: all of them. */
function countOrphans(stack: Stack): number {
  return stack.some(([form]) => !forms.has(form)) ? stack.length : 0
}

function go(delta: number): void {
  moving = setTimeout(() => {
    moving = undefined
    whenMoved.length = 0
  }, longestMoveMs)
  history.go(delta)
}

/** Goes on with what has waited for a move. */
function settle(): void {
  for (const then of whenMoved.splice(0)) then()
}

/**
 * Goes back over the entries that are counted, and then goes on. The page may add an entry of its own right after what has
 * happened to the form, and stays there. So they are counted again in the next task.
 */
function goBack(count: (stack: Stack) => number, then: () => void): void {
  whenMoved.push(then)
  isDue = true
  setTimeout(() => {
    isDue = false
    // The person may have moved meanwhile.
    if (moving !== undefined) return
    const surplus = count(readStack())
    if (surplus > 0) go(-surplus)
    else settle()
  })
}

/** Whether a move of our own has to be waited for. */
function isBusy(): boolean {
  return isDue || moving !== undefined
}

/** The page was loaded again at an entry of a form that was there before, or shows another form in its place. */
function leaveOrphans(): void {
  if (isBusy()) whenMoved.push(leaveOrphans)
  else if (countOrphans(readStack()) > 0) goBack(countOrphans, leaveOrphans)
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

  const findDepth = (): number => (ended ? 0 : untracked(depth))

  /** How many of the last entries are deeper in the form than the person is. */
  function countSurplus(stack: Stack): number {
    const wanted = findDepth()
    let kept = stack.length
    while (stack.slice(kept - 1, kept).some(([form, at]) => form === name && at > wanted)) kept -= 1
    return stack.length - kept
  }

  /** Brings the history to where the form is. */
  function follow(): void {
    if (isBusy()) return void whenMoved.push(follow)
    const stack = readStack()
    if (countSurplus(stack) > 0) return goBack(countSurplus, follow)
    const wanted = findDepth()
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
  leaveOrphans()
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
