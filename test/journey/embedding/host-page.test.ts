import { createRequire } from 'node:module'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readComputedStyles, compareStyles } from '../support/pages/computed-styles.ts'
import { takeScreenshot } from '../support/pages/axe.ts'
import { type HostPageOptions, type HostPage, openHostPage } from '../support/pages/host-page.ts'
import { type TestEnvironment, startTestEnvironment } from '../support/test-environment.ts'

let stage: TestEnvironment

beforeAll(async () => {
  stage = await startTestEnvironment()
})

afterAll(() => stage.close())

const bootstrap = createRequire(import.meta.url).resolve('bootstrap/dist/css/bootstrap.min.css')
const files = {
  '/hostile.css': 'test/journey/support/files/hostile.css',
  '/resets.css': 'test/journey/support/files/resets.css',
  '/bootstrap.css': bootstrap,
}
const sheet = (name: string): string => `<link rel="stylesheet" href="/${name}.css">`

/** The form's element is as wide on every page, so that what is compared is the page's styles. */
const sized = '<style>#form { width: 328px !important; padding: 0 !important; margin: 0 !important }</style>'
const inPage = 'data-shadow="false"'

/** Every kind of control there is, with consents, on one step. */
const names = ['amount', 'phone', 'email', 'middleName', 'gender', 'employment', 'comment', 'issuePlace']

async function open({ head = '', ...options }: HostPageOptions): Promise<HostPage> {
  return openHostPage(stage, {
    viewport: { width: 400, height: 800 },
    listsPlaces: true,
    files,
    ...options,
    head: head + sized,
    steps: [{ id: 'all', title: 'Всё сразу', fields: names.map((name) => ({ name })) }],
  })
}

/** Makes the form show all that it can: errors, a list that is open, a box that is ticked, the ring of the focus. */
async function interactWithForm(form: HostPage): Promise<void> {
  await form.action('submit').click()
  await form.root.locator('[part=error]').first().waitFor()
  await form.control('phone').fill('8 900 000-00-01')
  await form.consent('processing').check()
  await form.control('city').pressSequentially('Киров')
  await expect.poll(() => form.root.locator('[role=option]').count()).toBe(2)
  await form.page.keyboard.press('ArrowDown')
  await form.page.mouse.move(0, 0)
}

describe('styles of the page do not change the form', () => {
  it.each([
    ['in a shadow root', 'rules with !important for everything', 'hostile', ''],
    ['in a shadow root', 'Bootstrap', 'bootstrap', ''],
    ['in a shadow root', 'resets and a theme', 'resets', ''],
    ['in the page itself', 'Bootstrap', 'bootstrap', inPage],
    ['in the page itself', 'resets and a theme', 'resets', inPage],
  ])('%s: %s', async (where, _, name, attributes) => {
    const there = await open({ head: sheet(name), attributes })
    const plain = await open({ attributes })
    await interactWithForm(there)
    await interactWithForm(plain)
    await takeScreenshot(there.page, `${name}-${where.replaceAll(' ', '-')}`)
    const meant = await readComputedStyles(plain.root)
    expect(Object.keys(meant).length).toBeGreaterThan(200)
    expect(compareStyles(meant, await readComputedStyles(there.root))).toEqual([])
    expect(there.consoleMessages).toEqual([])
    await there.page.close()
    await plain.page.close()
  })

  it('would have been noticed', async () => {
    const there = await open({ head: '<style>[part] { color: red !important }</style>', attributes: inPage })
    const plain = await open({ attributes: inPage })
    const found = compareStyles(await readComputedStyles(plain.root), await readComputedStyles(there.root))
    expect(found.join()).toContain('color: rgb(23, 33, 29) → rgb(255, 0, 0)')
    await there.page.close()
    await plain.page.close()
  })
})

/** Things of the page's own, of the kinds that a form has. */
const own = `
  <section class="container own"><header><h2>Калькулятор</h2></header>
    <form><fieldset><legend>Сумма</legend>
      <label class="form-label">Сколько <input class="form-control" type="text" placeholder="30 000"></label>
      <label><input type="checkbox" checked> Согласен</label>
      <select class="form-select"><option>Месяц</option></select>
      <textarea>Комментарий</textarea> <progress value="1" max="3"></progress>
      <button class="btn btn-primary">Рассчитать</button></fieldset></form>
    <p>Текст <a href="#form">со ссылкой</a></p><details open><summary>Ещё</summary>Подробнее</details><footer>Низ</footer>
  </section>`

const placeOf = ({ offsetLeft, offsetTop, offsetWidth, offsetHeight }: HTMLElement): readonly number[] => [
  offsetLeft,
  offsetTop,
  offsetWidth,
  offsetHeight,
]

describe('the form does not change the page', () => {
  it.each([
    ['in a shadow root', 'bootstrap', ''],
    ['in the page itself', 'bootstrap', inPage],
    ['in the page itself', 'resets', inPage],
    ['in the page itself, dark and bold', 'resets', `${inPage} data-theme="dark" data-look="bold"`],
  ])('%s: %s', async (_, name, attributes) => {
    const form = await open({ head: sheet(name), before: own, attributes })
    await interactWithForm(form)
    const things = form.page.locator('.own')
    const after = await readComputedStyles(things)
    const boxes = await things.evaluate(placeOf)
    await form.page.evaluate(`
      document.adoptedStyleSheets = []
      document.querySelector('#form').replaceChildren()
    `)
    expect(compareStyles(await readComputedStyles(things), after)).toEqual([])
    expect(await things.evaluate(placeOf)).toEqual(boxes)
    expect(Object.keys(after).length).toBeGreaterThan(50)
    await form.page.close()
  })
})

describe('scripts of the page that mask every line for a telephone', () => {
  const mask = `<script>
    const masked = (input) => input.value.replace(/\\D/g, '').replace(/^(7|8)?/, '+7 (').slice(0, 8) + ') masked'
    document.addEventListener('input', ({ target }) => {
      if (target.matches('input[type=tel]')) target.value = masked(target)
    })
    new MutationObserver(() => {
      for (const input of document.querySelectorAll('input[type=tel]')) input.onkeyup = () => { input.value = masked(input) }
    }).observe(document, { childList: true, subtree: true })
  </script>`

  it.each([
    ['in a shadow root', ''],
    ['in the page itself', inPage],
  ])('do not reach the form %s', async (_, attributes) => {
    const form = await open({ head: mask, attributes, before: '<input id="own" type="tel">' })
    await form.page.locator('#own').pressSequentially('9000000001')
    expect(await form.page.locator('#own').inputValue()).toContain('masked')
    await form.control('phone').pressSequentially('89000000001')
    expect(await form.control('phone').inputValue()).toBe('+7 900 000-00-01')
    expect(await form.control('phone').getAttribute('inputmode')).toBe('tel')
    await form.page.close()
  })
})
