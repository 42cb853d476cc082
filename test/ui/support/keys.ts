import { cdp, userEvent } from 'vitest/browser'

/** Presses a key for every character, as a keyboard of any layout would. */
export async function typeKeys(text: string): Promise<void> {
  // The browser handles them in the order in which they are sent. Awaiting each one would take five times as long.
  await Promise.all(
    Array.from(text).flatMap((key) => [
      cdp().send('Input.dispatchKeyEvent', { type: 'keyDown', key, text: key, unmodifiedText: key }),
      cdp().send('Input.dispatchKeyEvent', { type: 'keyUp', key }),
    ]),
  )
}

/** Presses keys by name, or combinations of keys: `press('End', 'Control+z')`. */
export async function press(...keys: readonly string[]): Promise<void> {
  for (const key of keys) {
    const modifiers = key.split('+')
    const last = modifiers.pop()
    const down = modifiers.map((name) => `{${name}>}`).join('')
    await userEvent.keyboard(`${down}{${last}}${modifiers.map((name) => `{/${name}}`).join('')}`)
  }
}

/** Pastes a text from the clipboard, where a copy of the browser has put it. */
export async function paste(text: string): Promise<void> {
  const copy = (event: ClipboardEvent): void => {
    event.clipboardData?.setData('text/plain', text)
    event.preventDefault()
  }
  document.addEventListener('copy', copy, { once: true, capture: true })
  await userEvent.copy()
  await userEvent.paste()
}

/** Enters a text as an input method or a predictive keyboard does: it is composed letter by letter, then inserted. */
export async function compose(text: string): Promise<void> {
  for (let length = 1; length <= text.length; length += 1) {
    await cdp().send('Input.imeSetComposition', {
      text: text.slice(0, length),
      selectionStart: length,
      selectionEnd: length,
    })
  }
  await cdp().send('Input.insertText', { text })
}

/** Replaces the first `length` characters of the focused input, as keyboards do that compose over what is there. */
export async function composeOver(length: number, text: string): Promise<void> {
  await cdp().send('Input.imeSetComposition', {
    text,
    selectionStart: text.length,
    selectionEnd: text.length,
    replacementStart: 0,
    replacementEnd: length,
  })
  await cdp().send('Input.insertText', { text })
}

/** Drops a text that was dragged from elsewhere onto an element. */
export async function drop(text: string, target: Element): Promise<void> {
  const frame = window.frameElement?.getBoundingClientRect()
  const { left, top, width, height } = target.getBoundingClientRect()
  const scale = (frame?.width ?? window.innerWidth) / window.innerWidth
  const x = (frame?.left ?? 0) + (left + width / 2) * scale
  const y = (frame?.top ?? 0) + (top + height / 2) * scale
  const data = { items: [{ mimeType: 'text/plain', data: text }], dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await cdp().send('Input.dispatchDragEvent', { type, x, y, data })
  }
}
