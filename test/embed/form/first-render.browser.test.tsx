import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { mount, type Options } from '../../../src/entries/index.ts'
import { define } from '../../form/define.ts'
import { recordLayoutReads } from '../support/record-layout-reads.ts'
import { place, relay, rootOf, startRelay } from '../support/relay-page.ts'

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
