/** How a text gets into a control. */
export type EntryWay = 'type' | 'paste' | 'drop' | 'ime' | 'autofill'

/**
 * Enters a text at the caret of a focused control by the events that browsers send, and makes the browser's own edit where
 * no listener prevents it. It runs in the page, in any engine, and uses nothing outside itself: a driver without a
 * bundler sends its source, `enterValue.toString()`. Afterwards call {@link leaveControl}.
 */
export function enterValue(
  control: HTMLInputElement | HTMLTextAreaElement,
  text: string,
  way: EntryWay,
): void {
  const onEvents = { bubbles: true, composed: true }
  const oneLine = (inserted: string): string =>
    control instanceof HTMLTextAreaElement ? inserted : inserted.replace(/\r\n|[\r\n]/g, ' ')
  const replaceSelection = (inserted: string): void => {
    const { selectionStart, selectionEnd, value } = control
    control.setRangeText(inserted, selectionStart ?? value.length, selectionEnd ?? value.length, 'end')
  }
  const insert = (inserted: string, inputType: string): void => {
    const before = new InputEvent('beforeinput', { ...onEvents, cancelable: true, inputType, data: inserted })
    if (!control.dispatchEvent(before)) return
    replaceSelection(oneLine(inserted))
    control.dispatchEvent(new InputEvent('input', { ...onEvents, inputType, data: inserted }))
  }
  control.focus()
  if (way === 'type') {
    for (const key of text) {
      control.dispatchEvent(new KeyboardEvent('keydown', { ...onEvents, cancelable: true, key }))
      insert(key, 'insertText')
      control.dispatchEvent(new KeyboardEvent('keyup', { ...onEvents, key }))
    }
  } else if (way === 'paste' || way === 'drop') {
    insert(text, way === 'paste' ? 'insertFromPaste' : 'insertFromDrop')
  } else if (way === 'autofill') {
    control.value = text
    control.dispatchEvent(new Event('input', onEvents))
    control.dispatchEvent(new Event('change', { bubbles: true }))
  } else {
    const from = control.selectionStart ?? control.value.length
    control.dispatchEvent(new CompositionEvent('compositionstart', { ...onEvents, data: '' }))
    for (let length = 1; length <= text.length; length += 1) {
      const data = text.slice(0, length)
      const composing = { ...onEvents, inputType: 'insertCompositionText', data, isComposing: true }
      control.dispatchEvent(new InputEvent('beforeinput', composing))
      control.dispatchEvent(new CompositionEvent('compositionupdate', { ...onEvents, data }))
      control.setSelectionRange(from, length === 1 ? (control.selectionEnd ?? from) : from + length - 1)
      replaceSelection(data)
      control.dispatchEvent(new InputEvent('input', composing))
    }
    control.dispatchEvent(new CompositionEvent('compositionend', { ...onEvents, data: text }))
  }
}

/** Leaves a control as a person does: the browser says that it has changed, and the focus goes. */
export function leaveControl(control: HTMLElement): void {
  control.dispatchEvent(new Event('change', { bubbles: true }))
  control.blur()
}
