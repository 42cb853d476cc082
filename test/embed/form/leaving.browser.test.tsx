import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { define } from '../../form/define.ts'
import { deleteDrafts, restart, showDrafted, warns, whenStored, withPassport } from '../support/draft-page.ts'
import { agree, inputOf, rootOf, startRelay, type } from '../support/relay-page.ts'

const onePhone = define([{ name: 'phone' }, { name: 'email', required: false }])

afterEach(deleteDrafts)

it('nothing is stored without the option', async () => {
  startRelay(onePhone)
  const open = vi.spyOn(indexedDB, 'open')
  onTestFinished(() => open.mockRestore())
  const { container } = await showDrafted({ draft: undefined })
  type(container, 'phone', '+79000000001')
  type(container, 'email', 'person@example.ru')
  await new Promise((resolve) => setTimeout(resolve, 500))
  expect(open).not.toHaveBeenCalled()
  const areas = [localStorage, sessionStorage, document.cookie, history.state, window.name]
  expect(JSON.stringify(areas)).not.toMatch(/9000000001|900 000|person@/)
  expect(rootOf(container).querySelector('[part~=draft]')).toBeNull()
})

describe('leaving a page asks the person', () => {
  it('once something was typed, until it is removed again', async () => {
    startRelay(onePhone)
    const { container, form } = await showDrafted({ draft: undefined })
    expect(warns()).toBe(false)
    inputOf(container, 'phone').focus()
    expect(warns()).toBe(false)
    type(container, 'phone', '+79000000001')
    expect(warns()).toBe(true)
    type(container, 'phone', '')
    expect(warns()).toBe(false)
    type(container, 'phone', '+7900')
    expect(warns()).toBe(true)
    form.reset()
    expect(warns()).toBe(false)
  })

  it('not for what the page has filled in, nor for a tick alone', async () => {
    startRelay(define([{ name: 'phone' }]))
    const { container, form } = await showDrafted({ draft: undefined, values: { phone: '+79000000001' } })
    expect(warns()).toBe(false)
    form.setValues({ phone: '+79000000002' })
    expect(warns()).toBe(false)
    type(container, 'phone', '')
    agree(container)
    expect(warns()).toBe(false)
  })

  it.each([
    ['accepted', false],
    ['queued', false],
    ['declined', false],
    ['duplicate', false],
    ['verification', true],
    ['failed', true],
  ])('after the outcome %s: %s', async (outcome, expected) => {
    const server = startRelay(onePhone)
    server.answer = () => {
      if (outcome === 'failed') throw new TypeError('no connection')
      return { outcome }
    }
    const { container, form } = await showDrafted({ draft: undefined })
    type(container, 'phone', '+79000000001')
    agree(container)
    form.submit()
    await expect.poll(() => form.state.status).toBe(outcome)
    expect(warns()).toBe(expected)
  })

  it('while the form is on the page', async () => {
    startRelay(onePhone)
    const { container, form } = await showDrafted({ draft: undefined })
    type(container, 'phone', '+79000000001')
    form.destroy()
    expect(warns()).toBe(false)
  })

  it('in the way that older browsers know, too', async () => {
    startRelay(onePhone)
    const { container } = await showDrafted({ draft: undefined })
    type(container, 'phone', '+79000000001')
    const event = new Event('beforeunload', { cancelable: true })
    const seen: unknown[] = []
    Object.defineProperty(event, 'returnValue', {
      set(value: unknown) {
        seen.push(value)
      },
    })
    dispatchEvent(event)
    expect(seen).toEqual([true])
  })

  it('not where a draft keeps everything, and again where something is typed that no draft keeps', async () => {
    startRelay(withPassport)
    const { container, form } = await showDrafted()
    type(container, 'amount', '50000')
    expect(warns()).toBe(true)
    await whenStored()
    expect(warns()).toBe(false)
    form.next()
    await expect.poll(() => form.state.step).toBe('step-1')
    type(container, 'snils', '112-233')
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect(warns()).toBe(true)
    type(container, 'snils', '')
    await expect.poll(warns).toBe(false)
  })

  it('not after a draft has been restored, nor after the person has begun again', async () => {
    startRelay(onePhone)
    const first = await showDrafted()
    type(first.container, 'phone', '+79000000001')
    await whenStored()
    first.form.destroy()
    const second = await showDrafted()
    await expect.poll(() => second.form.state.values).toEqual({ phone: '+79000000001' })
    expect(warns()).toBe(false)
    restart(second.container)
    expect(warns()).toBe(false)
  })
})
