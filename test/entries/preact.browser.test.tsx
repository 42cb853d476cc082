import { act, render } from '@testing-library/preact'
import { describe, expect, it } from 'vitest'
import type { FormHandle } from '../../src/entries/index.ts'
import { LoanForm } from '../../src/entries/preact.ts'
import { inputOf, relay, rootOf, startRelay, type } from '../embed/support/relay-page.ts'

/** The element of the form in a Preact tree. */
function containerIn(tree: Element): Element {
  const found = tree.querySelector('[data-anketa-status]')
  if (!found) throw new TypeError('expected a form')
  return found
}

describe('<LoanForm>', () => {
  it('shows a form, follows its properties, and keeps what was typed', async () => {
    startRelay()
    let form: FormHandle | undefined
    const outcomes: string[] = []
    const draw = (locale?: string) => (
      <LoanForm
        relay={relay}
        locale={locale}
        values={{ amount: 30_000 }}
        handle={(shown) => {
          form = shown
        }}
        onOutcome={({ outcome }) => outcomes.push(outcome)}
      />
    )
    const { container, rerender, unmount } = render(draw())
    await act(async () => form?.ready)
    const element = containerIn(container)
    type(element, 'lastName', 'Иван1')
    rerender(draw())
    expect(containerIn(container)).toBe(element)
    rerender(draw('en'))
    await expect.poll(() => rootOf(element).textContent).toContain('Last name')
    expect(inputOf(element, 'lastName').value).toBe('Иван1')
    expect(form?.state.values).toEqual({ amount: 30_000 })
    rerender(draw())
    await expect.poll(() => rootOf(element).textContent).toContain('Фамилия')
    unmount()
    await expect.poll(() => form).toBeUndefined()
    expect(element.children).toHaveLength(0)
    expect(outcomes).toEqual([])
  })
})
