import { effect } from '@preact/signals'
import type { Entry } from '../fields/field-kind.ts'
import { erase, insert, settle, type Typed } from '../fields/typing.ts'

/** An input or a text area. */
export type TextElement = HTMLInputElement | HTMLTextAreaElement

/** What a bound element reads from and writes to. */
export interface TextBinding {
  readonly entry: Entry | undefined
  /** The text as the state has it; reading it subscribes. */
  current(): string
  type(text: string): void
}

/**
 * Ties an uncontrolled element to the state. The person's edit is shaped before the browser applies it and goes in as
 * one edit of the browser's own, so that undo works as in a plain input; what comes past that (autofill, an input
 * method) is shaped afterwards. Returns how to read the element anew, and how to untie it.
 */
export function bindText(element: TextElement, { entry, current, type }: TextBinding) {
  let ownEdit = false
  /** The text that the browser's own edit is to come to. */
  let expected: string | undefined
  const controller = new AbortController()
  const { signal } = controller

  const typed = (): Typed => {
    const { value } = element
    return {
      text: value,
      start: element.selectionStart ?? value.length,
      end: element.selectionEnd ?? value.length,
    }
  }

  const write = ({ text, start, end }: Typed): void => {
    ownEdit = true
    replaceText(element, text)
    ownEdit = false
    if (isFocused(element)) element.setSelectionRange(start, end)
    type(text)
  }

  const read = (): void => {
    const before = typed()
    const after = entry ? settle(entry, before) : before
    if (after.text !== before.text) element.value = after.text
    if (after.text !== before.text && isFocused(element)) element.setSelectionRange(after.start, after.end)
    type(after.text)
  }

  if (entry) {
    element.addEventListener(
      'beforeinput',
      (event) => {
        expected = undefined
        if (!(event instanceof InputEvent) || ownEdit || event.isComposing || !event.cancelable) return
        const before = typed()
        const after = editOf(entry, before, event)
        if (!after) return
        if (isSame(after, plainEditOf(before, event))) {
          // Most keys do what they do in a plain input, and the browser does it ten times faster.
          expected = after.text
          return
        }
        event.preventDefault()
        write(after)
      },
      { signal },
    )
  }
  element.addEventListener(
    'input',
    (event) => {
      if (ownEdit) return
      const plain =
        !entry ||
        element.value === expected ||
        (event instanceof InputEvent && (event.isComposing || event.inputType.startsWith('history')))
      if (plain) type(element.value)
      else read()
    },
    { signal },
  )
  element.addEventListener('compositionend', read, { signal })
  element.addEventListener('change', read, { signal })

  const dispose = effect(() => {
    const text = current()
    if (element.value !== text) element.value = text
  })
  return {
    read,
    unbind: () => {
      controller.abort()
      dispose()
    },
  }
}

function editOf(entry: Entry, before: Typed, event: InputEvent): Typed | undefined {
  const { inputType } = event
  if (inputType.startsWith('insert')) {
    const chunk = event.data ?? event.dataTransfer?.getData('text/plain')
    // A line break is the form's business, and a chunk that is not told is read once it stands there.
    return chunk ? insert(entry, before, chunk) : undefined
  }
  if (/^delete(?:Content(?:Back|For)ward|ByCut|ByDrag)$/.test(inputType)) {
    return erase(entry, before, directionOf(inputType))
  }
  return /^delete(?:Word|SoftLine|HardLine)(?:Back|For)ward$/.test(inputType)
    ? erase(entry, stretched(before, inputType), directionOf(inputType))
    : undefined
}

function directionOf(inputType: string): 'backward' | 'forward' {
  return inputType.endsWith('Forward') ? 'forward' : 'backward'
}

/** A caret stretched to what a key erases that takes more than a character: a group of digits, or all to an end. */
function stretched({ text, start, end }: Typed, inputType: string): Typed {
  if (start !== end) return { text, start, end }
  const word = inputType.startsWith('deleteWord')
  if (directionOf(inputType) === 'forward') {
    const rest = text.slice(end)
    return { text, start, end: text.length - (word ? rest.replace(/^\D*\d*/, '').length : 0) }
  }
  return { text, start: word ? text.slice(0, start).replace(/\d*\D*$/, '').length : 0, end }
}

/** What the browser would make of a key. */
function plainEditOf({ text, start, end }: Typed, { inputType, data }: InputEvent): Typed | undefined {
  if (inputType === 'insertText' && data !== null) {
    const caret = start + data.length
    return { text: text.slice(0, start) + data + text.slice(end), start: caret, end: caret }
  }
  if (inputType !== 'deleteContentBackward' && inputType !== 'deleteContentForward') return undefined
  const backward = directionOf(inputType) === 'backward'
  const from = start === end && backward ? Math.max(0, start - 1) : start
  const to = start === end && !backward ? end + 1 : end
  return { text: text.slice(0, from) + text.slice(to), start: from, end: from }
}

function isSame(one: Typed, other: Typed | undefined): boolean {
  return one.text === other?.text && one.start === other.start && one.end === other.end
}

/** Puts a text in as an edit of the browser's, so that it can be undone; plainly where the browser will not. */
function replaceText(element: TextElement, text: string): void {
  const old = element.value
  if (old === text) return
  let head = 0
  while (head < old.length && old[head] === text[head]) head += 1
  let tail = 0
  while (tail < Math.min(old.length, text.length) - head && old.at(-1 - tail) === text.at(-1 - tail))
    tail += 1
  const inserted = text.slice(head, text.length - tail)
  if (isFocused(element)) {
    element.setSelectionRange(head, old.length - tail)
    // Marked as obsolete, yet the only way to edit through the browser's undo history, and in every browser.
    const { ownerDocument } = element
    if (inserted === '') ownerDocument.execCommand('delete')
    else ownerDocument.execCommand('insertText', false, inserted)
  }
  if (element.value !== text) element.value = text
}

function isFocused(element: TextElement): boolean {
  const root = element.getRootNode()
  return 'activeElement' in root && root.activeElement === element
}
