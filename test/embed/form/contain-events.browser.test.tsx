import { describe, expect, it, onTestFinished } from 'vitest'
import { userEvent } from 'vitest/browser'
import { mount } from '../../../src/entries/index.ts'
import { inputOf, place, relay, rootOf, startRelay } from '../support/relay-page.ts'

/** Shows a form, and records the events that reach the page. */
async function show(shadow: boolean) {
  startRelay()
  const container = place()
  const form = mount(container, { relay, shadow })
  onTestFinished(() => form.destroy())
  await form.ready
  const reached: string[] = []
  const types = new Set<string>()
  return {
    container,
    root: rootOf(container),
    /** Dispatches events on an element, and returns the types of those that reached the page. */
    dispatch(element: Element, ...events: readonly Event[]): readonly string[] {
      reached.length = 0
      for (const event of events) {
        if (!types.has(event.type)) {
          types.add(event.type)
          const listener = (): number => reached.push(event.type)
          document.addEventListener(event.type, listener)
          onTestFinished(() => document.removeEventListener(event.type, listener))
        }
        element.dispatchEvent(event)
      }
      return [...reached]
    },
  }
}

const outgoing = { bubbles: true, composed: true, cancelable: true }
const key = (type: string, name: string, options = {}) =>
  new KeyboardEvent(type, { ...outgoing, key: name, ...options })
const plain = (type: string) => new Event(type, outgoing)

describe.each([
  ['in a shadow root', true],
  ['in the page itself', false],
])('of a form %s', (_, shadow) => {
  it.each([
    'beforeinput input change submit copy cut paste selectstart contextmenu dragstart focusin focusout',
    'pointerdown mousedown touchstart touchmove touchend touchcancel',
    // The key that autofill presses has no name.
    'keydown keypress keyup',
  ])('these events of a field stay inside: %s', async (types) => {
    const { container, dispatch } = await show(shadow)
    expect(dispatch(inputOf(container, 'amount'), ...types.split(' ').map(plain))).toEqual([])
  })

  it.each(['а', ' ', 'ArrowLeft', 'Enter', 'Tab', 'Backspace', '/', 'F2'])(
    'the key "%s" stays inside',
    async (name) => {
      const { container, dispatch } = await show(shadow)
      const events = ['keydown', 'keypress', 'keyup'].map((type) => key(type, name))
      expect(dispatch(inputOf(container, 'amount'), ...events)).toEqual([])
    },
  )

  it('Escape goes out, but not the release of an Escape that a list has taken', async () => {
    const { container, dispatch } = await show(shadow)
    const input = inputOf(container, 'amount')
    expect(dispatch(input, key('keydown', 'Escape'), key('keyup', 'Escape'))).toEqual(['keydown', 'keyup'])
    expect(dispatch(input, key('keyup', 'Escape'))).toEqual([])
  })

  it('Tab goes out at the ends, where a dialog of the page leads it on', async () => {
    const { container, root, dispatch } = await show(shadow)
    const last = [...root.querySelectorAll('a')].at(-1) ?? container
    const tab = (shiftKey: boolean) => key('keydown', 'Tab', { shiftKey })
    expect(dispatch(last, tab(false))).toEqual(['keydown'])
    expect(dispatch(last, tab(true))).toEqual([])
    expect(dispatch(inputOf(container, 'amount'), tab(true))).toEqual(['keydown'])
    expect(dispatch(inputOf(container, 'amount'), tab(false))).toEqual([])
  })

  it('clicks, the wheel and presses beside the controls go out', async () => {
    const { container, root, dispatch } = await show(shadow)
    expect(dispatch(inputOf(container, 'amount'), plain('click'), plain('wheel'))).toEqual(['click', 'wheel'])
    const heading = root.querySelector('h2') ?? container
    expect(dispatch(heading, plain('mousedown'), plain('mouseup'), plain('touchstart'))).toEqual([
      'mousedown',
      'mouseup',
      'touchstart',
    ])
  })

  it('a release stays inside after a press, and goes out at the end of a drag of the page', async () => {
    const { container, dispatch } = await show(shadow)
    const input = inputOf(container, 'amount')
    expect(dispatch(input, plain('pointerup'), plain('mouseup'))).toEqual(['pointerup', 'mouseup'])
    expect(dispatch(input, plain('mousedown'), plain('mouseup'))).toEqual([])
    expect(dispatch(inputOf(container, 'lastName'), plain('mouseup'))).toEqual(['mouseup'])
  })

  it('typing and choosing work all the same', async () => {
    const { container } = await show(shadow)
    await userEvent.click(inputOf(container, 'amount'))
    await userEvent.keyboard('30000')
    expect(inputOf(container, 'amount').value).toBe('30\u00a0000')
  })
})
