import { createRequire } from 'node:module'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readComputedStyles, compareStyles } from '../support/pages/computed-styles.ts'
import { takeScreenshot } from '../support/pages/axe.ts'
import { type HostPageOptions, type HostPage, openHostPage } from '../support/pages/host-page.ts'
import { type TestEnvironment, startTestEnvironment } from '../support/test-environment.ts'

let environment: TestEnvironment

beforeAll(async () => {
  environment = await startTestEnvironment()
})

afterAll(() => environment.close())

const bootstrap = createRequire(import.meta.url).resolve('bootstrap/dist/css/bootstrap.min.css')
const files = {
  '/hostile.css': 'test/journey/support/files/hostile.css',
  '/resets.css': 'test/journey/support/files/resets.css',
  '/bootstrap.css': bootstrap,
}
const sheet = (name: string): string => `<link rel="stylesheet" href="/${name}.css">`

/** Gives the form's element the same size on every page, so that only the styles are compared. */
const sized = '<style>#form { width: 328px !important; padding: 0 !important; margin: 0 !important }</style>'
const inPage = 'data-shadow="false"'

/** Fields with every kind of control. */
const names = ['amount', 'phone', 'email', 'middleName', 'gender', 'employment', 'comment', 'issuePlace']

async function open({ head = '', ...options }: HostPageOptions): Promise<HostPage> {
  return openHostPage(environment, {
    viewport: { width: 400, height: 800 },
    listsPlaces: true,
    files,
    ...options,
    head: head + sized,
    steps: [{ id: 'all', title: 'Всё сразу', fields: names.map((name) => ({ name })) }],
  })
}

/** Makes the form show errors, an open list, a ticked checkbox and a focus ring. */
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
    const styled = await open({ head: sheet(name), attributes })
    const plain = await open({ attributes })
    await interactWithForm(styled)
    await interactWithForm(plain)
    await takeScreenshot(styled.page, `${name}-${where.replaceAll(' ', '-')}`)
    const expected = await readComputedStyles(plain.root)
    expect(Object.keys(expected).length).toBeGreaterThan(200)
    expect(compareStyles(expected, await readComputedStyles(styled.root))).toEqual([])
    expect(styled.consoleMessages).toEqual([])
    await styled.page.close()
    await plain.page.close()
  })

  it('control: a difference is detected', async () => {
    const styled = await open({ head: '<style>[part] { color: red !important }</style>', attributes: inPage })
    const plain = await open({ attributes: inPage })
    const differences = compareStyles(
      await readComputedStyles(plain.root),
      await readComputedStyles(styled.root),
    )
    expect(differences.join()).toContain('color: rgb(23, 33, 29) → rgb(255, 0, 0)')
    await styled.page.close()
    await plain.page.close()
  })
})

/** Elements of the page, of the kinds that a form has. */
const pageContent = `
  <section class="container own"><header><h2>Калькулятор</h2></header>
    <form><fieldset><legend>Сумма</legend>
      <label class="form-label">Сколько <input class="form-control" type="text" placeholder="30 000"></label>
      <label><input type="checkbox" checked> Согласен</label>
      <select class="form-select"><option>Месяц</option></select>
      <textarea>Комментарий</textarea> <progress value="1" max="3"></progress>
      <button class="btn btn-primary">Рассчитать</button></fieldset></form>
    <p>Текст <a href="#form">со ссылкой</a></p><details open><summary>Ещё</summary>Подробнее</details><footer>Низ</footer>
  </section>`

const boxOf = ({ offsetLeft, offsetTop, offsetWidth, offsetHeight }: HTMLElement): readonly number[] => [
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
    const form = await open({ head: sheet(name), before: pageContent, attributes })
    await interactWithForm(form)
    const elements = form.page.locator('.own')
    const after = await readComputedStyles(elements)
    const boxes = await elements.evaluate(boxOf)
    await form.page.evaluate(`
      document.adoptedStyleSheets = []
      document.querySelector('#form').replaceChildren()
    `)
    expect(compareStyles(await readComputedStyles(elements), after)).toEqual([])
    expect(await elements.evaluate(boxOf)).toEqual(boxes)
    expect(Object.keys(after).length).toBeGreaterThan(50)
    await form.page.close()
  })
})

describe('a script of the page that masks every phone input', () => {
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
  ])('does not affect the form %s', async (_, attributes) => {
    const form = await open({ head: mask, attributes, before: '<input id="own" type="tel">' })
    await form.page.locator('#own').pressSequentially('9000000001')
    expect(await form.page.locator('#own').inputValue()).toContain('masked')
    await form.control('phone').pressSequentially('89000000001')
    expect(await form.control('phone').inputValue()).toBe('+7 900 000-00-01')
    expect(await form.control('phone').getAttribute('inputmode')).toBe('tel')
    await form.page.close()
  })
})
