/** @jsxImportSource react */
import { type ReactNode, StrictMode } from 'react'
import { createRoot, hydrateRoot } from 'react-dom/client'
import { renderToString } from 'react-dom/server'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { FormHandle } from '../../src/entries/index.ts'
import { LoanForm } from '../../src/entries/react.ts'
import { inputOf, place, relay, rootOf, startRelay, type } from '../embed/support/relay-page.ts'

const ready = '[data-anketa-status=ready]'

/** Renders into an element of the page until the end of the test. Returns the element and a function that renders again. */
function render(node: ReactNode, html?: string) {
  const element = place(`<div>${html ?? ''}</div>`)
  const root = html === undefined ? createRoot(element) : hydrateRoot(element, node)
  if (html === undefined) root.render(node)
  onTestFinished(() => root.unmount())
  return { element, rerender: (next: ReactNode) => root.render(next), unmount: () => root.unmount() }
}

async function formIn(tree: Element): Promise<Element> {
  await expect.poll(() => tree.querySelector(ready)).not.toBeNull()
  const found = tree.querySelector(ready)
  if (!found) throw new TypeError('expected a form')
  return found
}

describe('<LoanForm> for React', () => {
  it('shows a form under StrictMode, follows its properties, and keeps what was typed', async () => {
    startRelay()
    let form: FormHandle | undefined
    const draw = (locale?: 'en') => (
      <StrictMode>
        <LoanForm
          relay={relay}
          values={{ amount: 30_000 }}
          handle={(shown) => {
            form = shown
          }}
          {...(locale && { locale })}
        />
      </StrictMode>
    )
    const { element, rerender, unmount } = render(draw())
    const container = await formIn(element)
    type(container, 'lastName', 'Иван1')
    rerender(draw('en'))
    await expect.poll(() => rootOf(container).textContent).toContain('Last name')
    expect(inputOf(container, 'lastName').value).toBe('Иван1')
    expect(form?.state.values).toEqual({ amount: 30_000 })
    rerender(draw())
    await expect.poll(() => rootOf(container).textContent).toContain('Фамилия')
    unmount()
    await expect.poll(() => form).toBeUndefined()
  })

  it('takes over the page of a server, with callbacks and objects among its options', async () => {
    startRelay()
    let shown = false
    const node = <LoanForm relay={relay} values={{ amount: 30_000 }} onReady={() => (shown = true)} />
    const { element } = render(node, renderToString(node))
    const container = await formIn(element)
    expect(inputOf(container, 'amount').value).toBe('30\u00a0000')
    expect(shown).toBe(true)
  })
})
