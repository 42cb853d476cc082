import { expect, it, onTestFinished } from 'vitest'
import { trackView } from '../../../src/embed/analytics/view.ts'
import { place } from '../support/relay-page.ts'

/** Starts to track a view, and returns the events so far. */
function track(host: Element): readonly string[] {
  const events: string[] = []
  onTestFinished(trackView(host, ({ type }) => events.push(type)))
  return events
}

/** Long enough for several looks at the form. */
const severalLooks = () => new Promise((resolve) => setTimeout(resolve, 1300))

it('a form in the window counts once', async () => {
  const events = track(place('<div>Форма</div>'))
  await expect.poll(() => events).toEqual(['view'])
  await severalLooks()
  expect(events).toEqual(['view'])
})

it.each(['display: none', 'visibility: hidden', 'opacity: 0', 'position: fixed; left: -9999px'])(
  'a form in a popup that is closed by "%s" counts when the popup opens',
  async (closed) => {
    const popup = place(`<div style="${closed}"><section></section></div>`)
    const [section] = popup.children
    const root = section?.attachShadow({ mode: 'open' })
    const host = document.createElement('div')
    host.textContent = 'Форма'
    root?.append(host)
    const events = track(host)
    await severalLooks()
    expect(events).toEqual([])
    popup.removeAttribute('style')
    await expect.poll(() => events).toEqual(['view'])
  },
)

it('a form below the window counts when it is scrolled to', async () => {
  place('<div style="height: 300vh"></div>')
  const host = place('<div>Форма</div>')
  const events = track(host)
  await severalLooks()
  expect(events).toEqual([])
  host.scrollIntoView()
  await expect.poll(() => events).toEqual(['view'])
})
