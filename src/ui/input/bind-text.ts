import { effect } from '@preact/signals'
import type { Mask } from '../../fields/mask/mask.ts'
import { deleteText, insertText, reformat, type InputState } from '../../fields/mask/edit.ts'

/** An input or a text area. */
export type TextElement = HTMLInputElement | HTMLTextAreaElement

/** What a bound element is connected with. */
export interface TextBinding {
  readonly mask: Mask | undefined
  /** Returns the text of the state, and subscribes to it. */
  current(): string
  type(text: string): void
}

/**
 * Binds an uncontrolled element to the state. The mask is applied to the person's edit before the browser performs it,
 * and the result is one edit of the browser, so that undo works as in a plain input. What bypasses this (autofill, an
 * input method) is masked afterwards. `read` reads the element again; `unbind` removes the binding.
 */
export function bindText(element: TextElement, { mask, current, type }: TextBinding) {
  let ownEdit = false
  /** The text that the browser's own edit will result in. */
  let expected: string | undefined
  const controller = new AbortController()
  const { signal } = controller

  const inputState = (): InputState => {
    const { value } = element
    return {
      text: value,
      start: element.selectionStart ?? value.length,
      end: element.selectionEnd ?? value.length,
    }
  }

  const write = ({ text, start, end }: InputState): void => {
    ownEdit = true
    replaceText(element, text)
    ownEdit = false
    if (isFocused(element)) element.setSelectionRange(start, end)
    type(text)
  }

  const read = (): void => {
    const before = inputState()
    const after = mask ? reformat(mask, before) : before
    if (after.text !== before.text) element.value = after.text
    if (after.text !== before.text && isFocused(element)) element.setSelectionRange(after.start, after.end)
    type(after.text)
  }

  if (mask) {
    element.addEventListener(
      'beforeinput',
      (event) => {
        expected = undefined
        if (!(event instanceof InputEvent) || ownEdit || event.isComposing || !event.cancelable) return
        const before = inputState()
        const after = maskedEdit(mask, before, event)
        if (!after) return
        if (isSameEdit(after, nativeEdit(before, event))) {
          // Most keys need no mask, and the browser's own edit is ten times faster.
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
        !mask ||
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

function maskedEdit(mask: Mask, before: InputState, event: InputEvent): InputState | undefined {
  const { inputType } = event
  if (inputType.startsWith('insert')) {
    const chunk = event.data ?? event.dataTransfer?.getData('text/plain')
    // A line break submits the form. Text that the event does not contain is read after the edit.
    return chunk ? insertText(mask, before, chunk) : undefined
  }
  if (/^delete(?:Content(?:Back|For)ward|ByCut|ByDrag)$/.test(inputType)) {
    return deleteText(mask, before, deleteDirection(inputType))
  }
  return /^delete(?:Word|SoftLine|HardLine)(?:Back|For)ward$/.test(inputType)
    ? deleteText(mask, extendSelection(before, inputType), deleteDirection(inputType))
    : undefined
}

function deleteDirection(inputType: string): 'backward' | 'forward' {
  return inputType.endsWith('Forward') ? 'forward' : 'backward'
}

/** Extends a caret to what a key deletes: a group of digits, or everything up to the start or the end. */
function extendSelection({ text, start, end }: InputState, inputType: string): InputState {
  if (start !== end) return { text, start, end }
  const word = inputType.startsWith('deleteWord')
  if (deleteDirection(inputType) === 'forward') {
    const rest = text.slice(end)
    return { text, start, end: text.length - (word ? rest.replace(/^\D*\d*/, '').length : 0) }
  }
  return { text, start: word ? text.slice(0, start).replace(/\d*\D*$/, '').length : 0, end }
}

/** The result of the browser's own edit; `undefined` for edits that are not predicted. */
function nativeEdit(
  { text, start, end }: InputState,
  { inputType, data }: InputEvent,
): InputState | undefined {
  if (inputType === 'insertText' && data !== null) {
    const caret = start + data.length
    return { text: text.slice(0, start) + data + text.slice(end), start: caret, end: caret }
  }
  if (inputType !== 'deleteContentBackward' && inputType !== 'deleteContentForward') return undefined
  const backward = deleteDirection(inputType) === 'backward'
  const from = start === end && backward ? Math.max(0, start - 1) : start
  const to = start === end && !backward ? end + 1 : end
  return { text: text.slice(0, from) + text.slice(to), start: from, end: from }
}

function isSameEdit(one: InputState, other: InputState | undefined): boolean {
  return one.text === other?.text && one.start === other.start && one.end === other.end
}

/** Replaces the text by an edit of the browser, so that it can be undone, or directly where that is impossible. */
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
    // Deprecated, but the only way to edit with undo, and supported by every browser.
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
