import { effect } from '@preact/signals'
import type { Mask } from '../../fields/mask/mask.ts'
import { createMaskEditor, type InputState, type MaskEditor } from '../../fields/mask/mask-editor.ts'

/** An input or a text area. */
export type TextElement = HTMLInputElement | HTMLTextAreaElement

/** What a bound element reads and writes. */
export interface TextBinding {
  readonly mask: Mask | undefined
  /** The text in the state. Reading it subscribes. */
  current(): string
  type(text: string): void
}

/**
 * Binds an uncontrolled element to the state. A person's edit is masked before the browser applies it, and is applied as
 * one edit of the browser, so that undo works as in a plain input. Autofill and input methods are masked afterwards.
 * Returns a function that reads the element again, and one that unbinds it.
 */
export function bindText(element: TextElement, { mask, current, type }: TextBinding) {
  const editor = mask && createMaskEditor(mask)
  let ownEdit = false
  /** Whether an input method is at work, for Safari before 16.4, whose events do not say it. */
  let isComposing = false
  const isComposed = (event: Event): boolean =>
    event instanceof InputEvent && 'isComposing' in event ? event.isComposing : isComposing
  /** The text that the browser's own edit will give. */
  let expected: string | undefined
  /** The text before the edits of an input method. */
  let settled = ''
  const controller = new AbortController()
  const { signal } = controller

  const readState = (): InputState => {
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
    if (isFocused(element)) select(element, start, end)
    settle(text)
  }

  const settle = (text: string): void => {
    settled = text
    type(text)
  }

  /** Reads a whole text, or with `typed` what a keyboard has done to it that gives no chance to change its edits. */
  const read = (typed = false): void => {
    const before = readState()
    const after = !editor ? before : typed ? repeatEdit(editor, settled, before) : editor.reformat(before)
    if (after.text !== before.text) element.value = after.text
    if (after.text !== before.text && isFocused(element)) element.setSelectionRange(after.start, after.end)
    settle(after.text)
  }

  if (editor) {
    element.addEventListener(
      'beforeinput',
      (event) => {
        expected = undefined
        if (!(event instanceof InputEvent) || ownEdit || isComposed(event) || !event.cancelable) return
        const before = readState()
        const after = maskedEdit(editor, before, event)
        if (!after) return
        if (isSameEdit(after, nativeEdit(before, event))) {
          // Most keys need no masking. The browser's own edit is ten times as fast as ours.
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
      const inputType = event instanceof InputEvent ? event.inputType : ''
      if (isComposed(event)) type(element.value)
      else if (!editor || element.value === expected || inputType.startsWith('history')) settle(element.value)
      else read(/^(?:insert(?:Text|CompositionText|FromComposition)|delete)/.test(inputType))
    },
    { signal },
  )
  element.addEventListener('compositionstart', () => (isComposing = true), { signal })
  element.addEventListener(
    'compositionend',
    () => {
      isComposing = false
      read(true)
    },
    { signal },
  )
  element.addEventListener('change', () => read(), { signal })

  const dispose = effect(() => {
    const text = current()
    if (element.value !== text) {
      element.value = text
      settled = text
    }
  })
  return {
    read: () => read(),
    unbind: () => {
      controller.abort()
      dispose()
    },
  }
}

function maskedEdit(editor: MaskEditor, before: InputState, event: InputEvent): InputState | undefined {
  const { inputType } = event
  if (inputType.startsWith('insert')) {
    // An input drops line breaks, which join two numbers. A tab stays.
    const chunk = (event.data ?? event.dataTransfer?.getData('text/plain'))
      ?.replace(/[\r\n]+$/, '')
      .replace(/[\r\n]+/g, '\t')
    // The form handles the key for a line break. A chunk that the event does not hold is read after the browser has
    // inserted it.
    return chunk ? editor.insert(before, chunk) : undefined
  }
  if (/^delete(?:Content(?:Back|For)ward|ByCut|ByDrag)$/.test(inputType)) {
    return editor.remove(before, deleteDirection(inputType))
  }
  return /^delete(?:Word|SoftLine|HardLine)(?:Back|For)ward$/.test(inputType)
    ? editor.remove(extendSelection(before, inputType), deleteDirection(inputType))
    : undefined
}

/** Makes the edit that turned the old text into the new one, key by key: what is before the caret was inserted. */
function repeatEdit(editor: MaskEditor, old: string, now: InputState): InputState {
  const { text, end } = now
  if (text === old) return now
  const rest = text.slice(end)
  const inserted = text.slice(0, end)
  const to = old.length - rest.length
  if (to < 0 || !old.endsWith(rest)) return editor.reformat(now)
  let start = 0
  while (start < Math.min(to, end) && old[start] === text[start]) start += 1
  const chunk = inserted.slice(start)
  const before = { text: old, start, end: to }
  if (chunk === '') return editor.remove(before, 'backward')
  let state: InputState = before
  for (const key of chunk) state = editor.insert(state, key)
  return state
}

function deleteDirection(inputType: string): 'backward' | 'forward' {
  return inputType.endsWith('Forward') ? 'forward' : 'backward'
}

/** Extends a caret to what a word or line deletion removes: a group of digits, or everything up to an end. */
function extendSelection({ text, start, end }: InputState, inputType: string): InputState {
  if (start !== end) return { text, start, end }
  const word = inputType.startsWith('deleteWord')
  if (deleteDirection(inputType) === 'forward') {
    const rest = text.slice(end)
    return { text, start, end: text.length - (word ? rest.replace(/^\D*\d*/, '').length : 0) }
  }
  return { text, start: word ? text.slice(0, start).replace(/\d*\D*$/, '').length : 0, end }
}

/** The result of a key without masking. */
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

/** Replaces the text by an edit of the browser, which can be undone, or directly if the browser refuses. */
export function replaceText(element: TextElement, text: string): void {
  const old = element.value
  if (old === text) return
  let head = 0
  while (head < old.length && old[head] === text[head]) head += 1
  let tail = 0
  while (tail < Math.min(old.length, text.length) - head && old.at(-1 - tail) === text.at(-1 - tail))
    tail += 1
  const inserted = text.slice(head, text.length - tail)
  if (isFocused(element)) {
    // Also where the caret is there already: it ends what one undo takes back.
    element.setSelectionRange(head, old.length - tail)
    // Deprecated, but the only way to keep the undo history, and every browser has it.
    const { ownerDocument } = element
    if (inserted === '') ownerDocument.execCommand('delete')
    else ownerDocument.execCommand('insertText', false, inserted)
  }
  if (element.value !== text) element.value = text
}

/** Selects a part of the text. A selection that is there already is left alone: setting it makes the browser lay out. */
function select(element: TextElement, start: number, end: number): void {
  if (element.selectionStart !== start || element.selectionEnd !== end) element.setSelectionRange(start, end)
}

function isFocused(element: TextElement): boolean {
  const root = element.getRootNode()
  return 'activeElement' in root && root.activeElement === element
}
