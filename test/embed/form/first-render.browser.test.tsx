import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { mount, type Options } from '../../../src/entries/index.ts'
import { define } from '../../form/define.ts'
import { place, relay, rootOf, startRelay } from '../support/relay-page.ts'

/** What makes the browser compute styles and the layout before the next frame. */
const layoutReads: readonly (readonly [object, readonly string[]])[] = [
  [Element.prototype, ['getBoundingClientRect', 'getClientRects', 'scrollIntoView', 'scrollTo']],
  [
    Element.prototype,
    ['clientHeight', 'clientWidth', 'scrollHeight', 'scrollWidth', 'scrollTop', 'scrollLeft'],
  ],
  [HTMLElement.prototype, ['offsetHeight', 'offsetWidth', 'offsetTop', 'offsetParent', 'innerText', 'focus']],
  [HTMLInputElement.prototype, ['select', 'setSelectionRange']],
  [window, ['getComputedStyle', 'scrollTo', 'innerHeight', 'innerWidth', 'scrollY']],
]

/** Records the names of layout reads until the end of the test. */
function recordLayoutReads(): readonly string[] {
  const reads: string[] = []
  for (const [owner, names] of layoutReads) {
    for (const name of names) {
      const original = Object.getOwnPropertyDescriptor(owner, name)
      if (!original?.configurable) throw new TypeError(`${name}: expected to be replaceable`)
      const { value, get } = original
      Object.defineProperty(owner, name, {
        configurable: true,
        get(this: unknown) {
          reads.push(name)
          return get ? Reflect.apply(get, this, []) : value
        },
      })
      onTestFinished(() => {
        Object.defineProperty(owner, name, original)
      })
    }
  }
  return reads
}

describe('a form that appears', () => {
  it.each<[string, Pick<Options, 'theme' | 'look' | 'shadow'>]>([
    ['as it is', {}],
    ['with a theme and a look', { theme: 'dark', look: 'soft' }],
    ['in the page itself', { shadow: false }],
  ])('%s enters the page complete, and reads no layout', async (_, options) => {
    startRelay(
      define([
        { name: 'amount', minimum: 1000, maximum: 100_000 },
        { name: 'phone' },
        { name: 'employment' },
        { name: 'email' },
        // Not a place: its list comes later, with styles of its own.
      ]),
    )
    const container = place()
    const sheetsOf = vi.spyOn(ShadowRoot.prototype, 'adoptedStyleSheets', 'set')
    onTestFinished(() => sheetsOf.mockRestore())
    const insertions: unknown[] = []
    const observer = new MutationObserver((records) => {
      for (const { target, addedNodes } of records) if (addedNodes.length > 0) insertions.push(target)
    })
    observer.observe(container, { childList: true, subtree: true })
    const reads = recordLayoutReads()

    const form = mount(container, { relay, ...options })
    onTestFinished(() => form.destroy())
    await form.ready
    expect(insertions).toEqual([container])
    const styled = sheetsOf.mock.calls.length
    await new Promise((resolve) => {
      requestAnimationFrame(() => setTimeout(resolve))
    })
    expect(reads).toEqual([])
    expect(insertions).toEqual([container])
    expect(sheetsOf.mock.calls).toHaveLength(styled)
    expect(rootOf(container).querySelectorAll('input').length).toBeGreaterThan(3)
  })
})
