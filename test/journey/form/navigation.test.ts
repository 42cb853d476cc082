import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectAccessible } from '../support/pages/axe.ts'
import { acceptAndSubmit, type FormPage, openForm, typeAnswers } from '../support/pages/form-page.ts'
import { createPerson } from '../support/person.ts'
import { createRandomChoices } from '../support/random-choices.ts'
import { type TestEnvironment, startTestEnvironment } from '../support/test-environment.ts'

let environment: TestEnvironment
beforeAll(async () => {
  environment = await startTestEnvironment()
})
afterAll(() => environment.close())

/** A router as single-page applications have: it shows a route for each address, and follows the browser's history. */
const router = `<script>
  const seen = []
  const show = () => { document.querySelector('#route').textContent = location.pathname + location.hash }
  const patched = history.pushState
  history.pushState = function (...entry) { patched.apply(this, entry); seen.push('push'); show() }
  history.replaceState({ ...history.state, own: 1 }, '')
  addEventListener('popstate', ({ state }) => { seen.push('own: ' + state?.own); show() })
  addEventListener('DOMContentLoaded', show)
</script>`

async function openPage(attributes: string, body = ''): Promise<{ page: Page; url: string }> {
  const { url } = environment.demo()
  const page = await environment.browser.newPage()
  await page.route(`${url}/guest`, (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<!doctype html><html lang="ru"><meta charset="utf-8"><title>Страница</title>${router}
        <main><h1>Страница</h1><p id="route"></p><p><a href="#faq">Вопросы</a> <a id="open" href="#anketa">Оформить</a></p></main>
        <div data-anketa data-relay="/forms/main" ${attributes}>${body}</div>
        <p style="height: 3000px">Конец</p><script async src="/anketa.js"></script></html>`,
    }),
  )
  await page.route(`${url}/before`, (route) =>
    route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Раньше</title>' }),
  )
  await page.goto(`${url}/before`)
  return { page, url }
}

/** What the router has learned: its own state in every entry, and no push of the form's. */
const seenBy = async (page: Page): Promise<readonly string[]> => [
  ...new Set(await page.evaluate<string[]>('seen')),
]
const routeOf = (page: Page) => page.locator('#route').textContent()

async function toSecondStep(form: FormPage): Promise<void> {
  await form.control('amount').fill('30000')
  await form.control('termDays').fill('30')
  await form.action('next').click()
  await form.step('person')
}

async function openSteps(): Promise<{ page: Page; url: string; form: FormPage }> {
  const { page, url } = await openPage('data-history="true"')
  return { page, url, form: await openForm(page, `${url}/guest`) }
}

describe('Back of the phone', () => {
  it('returns to the step before, and then to the page before, while the page stays where it is', async () => {
    const { page, url, form } = await openSteps()
    await toSecondStep(form)
    await page.goBack()
    await form.step('loan')
    expect(await form.control('amount').inputValue()).toMatch(/30.000/)
    await form.action('next').click()
    await form.step('person')
    await form.action('back').click()
    await form.step('loan')
    expect(page.url()).toBe(`${url}/guest`)
    await expect.poll(() => page.evaluate('Object(history.state).anketa?.length ?? 0')).toBe(0)
    expect(await seenBy(page)).toEqual(['own: 1'])
    expect(await routeOf(page)).toBe('/guest')
    page.on('dialog', (dialog) => dialog.accept())
    await page.goBack()
    expect(page.url()).toBe(`${url}/before`)
    await page.close()
  })

  it('is the page’s own unless the page wants it', async () => {
    const { page, url } = await openPage('')
    const form = await openForm(page, `${url}/guest`)
    const { length } = await page.evaluate<{ length: number }>('({ length: history.length })')
    await toSecondStep(form)
    expect(await page.evaluate('history.length')).toBe(length)
    await page.close()
  })

  it('has no entry left over when the form is removed', async () => {
    const { page, url, form } = await openSteps()
    await toSecondStep(form)
    await page.evaluate(`Anketa.mount(document.querySelector('[data-anketa]'), {}).destroy()`)
    await expect.poll(() => page.evaluate('Object(history.state).anketa?.length ?? 0')).toBe(0)
    await page.goBack()
    expect(page.url()).toBe(`${url}/before`)
    await page.close()
  })

  it('passes over the entries of a form that went with its route', async () => {
    const { page, url, form } = await openSteps()
    await toSecondStep(form)
    await page.evaluate(
      `history.pushState({ own: 1 }, '', '/guest-b'); document.querySelector('[data-anketa]').remove()`,
    )
    expect(await routeOf(page)).toBe('/guest-b')
    await page.goBack()
    await expect.poll(() => routeOf(page)).toBe('/guest')
    await expect.poll(() => page.evaluate('Object(history.state).anketa?.length ?? 0')).toBe(0)
    await page.goBack()
    expect(page.url()).toBe(`${url}/before`)
    await page.close()
  })

  it.each([
    ['at the outcome', '', `thanks()`],
    ['when it removes the form', `handle().destroy(); thanks()`, ''],
  ])('leaves the page at the route that it shows %s', async (_, now, atOutcome) => {
    const { page, url, form } = await openSteps()
    await page.evaluate(`{
      globalThis.handle = () => Anketa.mount(document.querySelector('[data-anketa]'), {})
      globalThis.thanks = () => Promise.resolve().then(() => history.pushState({ own: 1 }, '', '/thanks'))
      handle().update({ onOutcome: () => { ${atOutcome} } })
    }`)
    await page.route('**/leads', (route) => route.fulfill({ json: { id: 'any', outcome: 'accepted' } }))
    await typeAnswers(form, createPerson(createRandomChoices()), 'at once')
    await expect.poll(() => page.evaluate('history.state.anketa.length')).toBe(3)
    if (now) await page.evaluate(now)
    else await acceptAndSubmit(form)
    await expect.poll(() => routeOf(page)).toBe('/thanks')
    // Longer than a move of the form's own takes.
    await page.waitForTimeout(300)
    expect(page.url()).toBe(`${url}/thanks`)
    expect(await routeOf(page)).toBe('/thanks')
    await page.close()
  })

  it('leaves the page its hashes', async () => {
    const { page, form } = await openSteps()
    await toSecondStep(form)
    await page.getByRole('link', { name: 'Вопросы' }).click()
    await expect.poll(() => routeOf(page)).toBe('/guest#faq')
    await page.goBack()
    await expect.poll(() => routeOf(page)).toBe('/guest')
    await form.step('person')
    await page.goBack()
    await form.step('loan')
    await page.close()
  })

  it('goes to the page’s own entry after a reload', async () => {
    const { page, url, form } = await openSteps()
    await toSecondStep(form)
    page.on('dialog', (dialog) => dialog.accept())
    await page.reload()
    await form.step('loan')
    await expect.poll(() => page.evaluate('Object(history.state).anketa?.length ?? 0')).toBe(0)
    await page.goBack()
    expect(page.url()).toBe(`${url}/before`)
    await page.close()
  })
})

describe('the popup', () => {
  async function openPopup(attributes = 'data-popup data-history="true"') {
    const { page, url } = await openPage(attributes, '<span id="own">Звоните</span>')
    await page.goto(`${url}/guest`)
    await page.locator('[data-anketa-status=ready]').waitFor({ state: 'attached' })
    const dialog = page.getByRole('dialog', { name: 'Заявка на заём' })
    expect(await dialog.count()).toBe(0)
    expect(await page.locator('#own').isVisible()).toBe(true)
    await page.locator('#open').focus()
    await page.keyboard.press('Enter')
    await dialog.waitFor()
    return { page, url, dialog }
  }
  const deepFocus = `(() => { let one = document.activeElement; while (one.shadowRoot?.activeElement) one = one.shadowRoot.activeElement; return one.textContent.trim() || one.name || one.localName })()`

  it('opens by a link, has the focus, and returns it with Escape', async () => {
    const { page, dialog } = await openPopup()
    expect(await dialog.getAttribute('aria-modal')).toBe('true')
    expect(await dialog.getByRole('button', { name: 'Закрыть' }).count()).toBe(1)
    expect(await page.evaluate(deepFocus)).toBe('Сумма и срок')
    // Behind it nothing is reached, neither by keys nor by a screen reader.
    expect(await page.locator('main').getAttribute('inert')).toBe('')
    expect(await page.evaluate('getComputedStyle(document.documentElement).overflow')).toBe('hidden')
    await expectAccessible(page, 'popup')
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' }).catch(() => undefined)
    await expect.poll(() => dialog.count()).toBe(0)
    expect(await page.evaluate('document.activeElement.id')).toBe('open')
    expect(await page.locator('main').getAttribute('inert')).toBeNull()
    expect(await page.evaluate('document.documentElement.style.overflow')).toBe('')
    await page.close()
  })

  const press = `document.querySelector('#open').click()`
  it.each([
    [
      'a script for smooth scrolling cancels the click',
      `document.querySelector('#open').addEventListener('click', (event) => event.preventDefault()); ${press}`,
    ],
    [
      'the page keeps the click to itself',
      `document.querySelector('#open').addEventListener('click', (event) => event.stopPropagation()); ${press}`,
    ],
    [
      'the link is written in full, as in the menus of content systems',
      `document.querySelector('#open').setAttribute('href', location.href + '#anketa'); ${press}`,
    ],
    [
      'the link names the page',
      `document.querySelector('#open').setAttribute('href', '/guest#anketa'); ${press}`,
    ],
    ['a script changes the address', `location.hash = '#anketa'`],
  ])('opens where %s', async (_, script) => {
    const { page, url } = await openPage('data-popup')
    await page.goto(`${url}/guest`)
    await page.locator('[data-anketa-status=ready]').waitFor({ state: 'attached' })
    await page.evaluate(script)
    await page.getByRole('dialog').waitFor()
    await page.close()
  })

  it('does not open by a link to another page, or with a key that opens a tab', async () => {
    const { page, url } = await openPage('data-popup')
    await page.goto(`${url}/guest`)
    await page.locator('[data-anketa-status=ready]').waitFor({ state: 'attached' })
    await page.evaluate(`{
      const link = document.querySelector('#open')
      link.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, ctrlKey: true }))
      link.setAttribute('href', '/other#anketa')
      link.addEventListener('click', (event) => event.preventDefault())
      link.click()
    }`)
    expect(await page.getByRole('dialog').count()).toBe(0)
    await page.close()
  })

  it('is one, where a page has several', async () => {
    const { page, url } = await openPage('data-popup')
    await page.goto(`${url}/guest`)
    await page.locator('[data-anketa-status=ready]').waitFor({ state: 'attached' })
    await page.evaluate(`{
      const second = document.querySelector('[data-anketa]').cloneNode()
      second.id = 'second'
      second.removeAttribute('data-anketa-status')
      document.body.append(second)
    }`)
    await page.locator('#second[data-anketa-status=ready]').waitFor({ state: 'attached' })
    for (const open of [`document.querySelector('#open').click()`, `location.hash = '#anketa'`]) {
      await page.evaluate(open)
      const dialog = page.getByRole('dialog')
      await dialog.waitFor()
      expect(await dialog.count()).toBe(1)
      await page.keyboard.press('Escape')
      await expect.poll(() => dialog.count()).toBe(0)
      expect(await page.evaluate('document.documentElement.style.overflow')).toBe('')
      expect(await page.locator('[inert]').count()).toBe(0)
    }
    await page.close()
  })

  it('does not open where a slide with the link was dragged', async () => {
    const { page, url } = await openPage('data-popup')
    await page.goto(`${url}/guest`)
    await page.locator('[data-anketa-status=ready]').waitFor({ state: 'attached' })
    await page.evaluate(
      `document.querySelector('#open').style.cssText = 'display: block; padding: 60px; user-select: none'`,
    )
    await page.evaluate(
      `document.querySelector('#open').addEventListener('dragstart', (event) => event.preventDefault())`,
    )
    await page.evaluate(
      `document.querySelector('#open').addEventListener('click', (event) => event.preventDefault())`,
    )
    const box = await page.locator('#open').boundingBox()
    if (!box) throw new Error('the link is not shown')
    await page.mouse.move(box.x + 20, box.y + 20)
    await page.mouse.down()
    await page.mouse.move(box.x + 80, box.y + 20, { steps: 4 })
    await page.mouse.up()
    expect(await page.getByRole('dialog').count()).toBe(0)
    await page.mouse.click(box.x + 20, box.y + 20)
    await page.getByRole('dialog').waitFor()
    await page.close()
  })

  it('keeps the focus inside, in both directions', async () => {
    const { page, dialog } = await openPopup()
    const round: unknown[] = []
    for (let count = 0; count < 14; count += 1) {
      await page.keyboard.press('Tab')
      round.push(await page.evaluate(`document.activeElement.closest('[data-anketa]') !== null`))
    }
    expect(new Set(round)).toEqual(new Set([true]))
    // Neither does it stop at the field that only programs fill in, which comes a little later.
    await page.locator('[data-anketa] input[name=website]').waitFor({ state: 'attached' })
    await dialog.getByRole('button', { name: 'Закрыть' }).focus()
    await page.keyboard.press('Shift+Tab')
    expect(await page.evaluate(`document.activeElement.closest('[data-anketa]') !== null`)).toBe(true)
    await page.keyboard.press('Tab')
    expect(await page.evaluate(deepFocus)).toBe('×')
    await page.close()
  })

  it('is closed by Back, step by step, and keeps the answers', async () => {
    const { page, url, dialog } = await openPopup()
    await page.locator('[data-anketa] [data-field=amount] input').fill('30000')
    await page.locator('[data-anketa] [data-field=termDays] input').fill('30')
    await page.locator('[data-anketa] [data-action=next]').click()
    await page.locator('[data-anketa] [data-field=lastName]').waitFor()
    await page.goBack()
    await page.locator('[data-anketa] [data-field=amount]').waitFor()
    await page.goBack()
    await expect.poll(() => dialog.count()).toBe(0)
    expect(page.url()).toBe(`${url}/guest`)
    await page.locator('#open').click()
    expect(await page.locator('[data-anketa] [data-field=amount] input').inputValue()).toMatch(/30.000/)
    await dialog.getByRole('button', { name: 'Закрыть' }).click()
    await expect.poll(() => dialog.count()).toBe(0)
    await expect.poll(() => page.evaluate('Object(history.state).anketa?.length ?? 0')).toBe(0)
    await page.close()
  })

  it('is closed with Escape after a press beside the form', async () => {
    const { page, dialog } = await openPopup()
    await page.mouse.click(3, 300)
    await page.keyboard.press('Escape')
    await expect.poll(() => dialog.count()).toBe(0)
    expect(await page.locator('main').getAttribute('inert')).toBeNull()
    await page.close()
  })

  it('opens once by the address of the page', async () => {
    const { page, url } = await openPage('data-popup')
    await page.goto(`${url}/guest#anketa`)
    const dialog = page.getByRole('dialog')
    await dialog.waitFor()
    await page.keyboard.press('Escape')
    await expect.poll(() => dialog.count()).toBe(0)
    await page.evaluate(`Anketa.mount(document.querySelector('[data-anketa]'), {}).update({ locale: 'en' })`)
    await page.locator('[data-anketa] [lang=en]').first().waitFor({ state: 'attached' })
    expect(await dialog.count()).toBe(0)
    await page.close()
  })

  it('says where it cannot be seen, and leaves the page as it is', async () => {
    const { page, url } = await openPage('data-popup')
    await page.goto(`${url}/guest`)
    await page.locator('[data-anketa-status=ready]').waitFor({ state: 'attached' })
    await page.evaluate(`document.querySelector('[data-anketa]').style.display = 'none'`)
    const said = page.waitForEvent('console', (line) => line.text().includes('внутри скрытого элемента'))
    await page.locator('#open').click()
    await said
    expect(await page.locator('[inert]').count()).toBe(0)
    expect(await page.evaluate('document.documentElement.style.overflow')).toBe('')
    await page.evaluate(`document.querySelector('[data-anketa]').style.display = ''`)
    await page.locator('#open').click()
    await page.getByRole('dialog').waitFor()
    await page.close()
  })

  it('is removed with its form', async () => {
    const { page } = await openPopup('data-popup="#open"')
    await page.evaluate(`Anketa.mount(document.querySelector('[data-anketa]'), {}).destroy()`)
    expect(await page.locator('[data-anketa]').innerHTML()).toBe('<span id="own">Звоните</span>')
    expect(await page.evaluate('document.documentElement.style.overflow')).toBe('')
    expect(await page.locator('[inert]').count()).toBe(0)
    await page.close()
  })
})
