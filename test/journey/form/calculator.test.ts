import { readFile } from 'node:fs/promises'
import axe, { type AxeResults } from 'axe-core'
import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type LooksPageOptions, openLooksPage } from '../../screenshots/looks-page.ts'
import { visitLooks } from '../../screenshots/visit-looks.ts'
import { connectBrowser } from '../../support/connect-browser.ts'

let browser: Browser

beforeAll(async () => {
  browser = await connectBrowser()
})

afterAll(() => browser.close())

const open = (options: Partial<LooksPageOptions> = {}): Promise<Page> =>
  openLooksPage(browser, { look: 'plain', width: 360, ...options })

/** Records the layout shifts of a page from its start. */
async function recordShifts(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const shifts: string[] = []
    Object.assign(window, { shifts })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) shifts.push(JSON.stringify(entry))
    }).observe({ type: 'layout-shift', buffered: true })
  })
}

/** Records where what follows the form is, in every frame. */
async function recordTops(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const tops: number[] = []
    Object.assign(window, { tops })
    const record = (): void => {
      const after = document.querySelector('#after')
      if (after) tops.push(after.getBoundingClientRect().top)
      requestAnimationFrame(record)
    }
    requestAnimationFrame(record)
  })
}

describe('a calculator', () => {
  it.each(['plain', 'soft', 'bold', 'bank'])(
    'in the look %s moves nothing when its sliders and sums come',
    async (look) => {
      let release: (() => void) | undefined
      const page = await open({
        look,
        async prepare(opened) {
          await recordShifts(opened)
          await opened.route('**/calculator-*.js', async (route) => {
            await new Promise<void>((resolve) => {
              release = resolve
            })
            await route.fallback()
          })
        },
      })
      const place = (): Promise<unknown> => page.locator('[data-action=next]').boundingBox()
      const before = await place()
      expect(await page.locator('[data-field=amount] input').inputValue()).toMatch(/^15\s000$/)
      expect(await page.getByRole('slider').count()).toBe(0)
      await expect.poll(() => release).toBeDefined()
      release?.()
      await page.getByRole('slider').first().waitFor()
      // A frame in which a shift would be.
      await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))')
      expect(await place()).toEqual(before)
      expect(await page.evaluate('shifts')).toEqual([])
      await page.close()
    },
  )

  it('is a form with its inputs where its file does not come', async () => {
    const page = await open({ missing: 'calculator' })
    await page.locator('[data-field=amount] input').fill('7000')
    await page.locator('[data-action=next]').click()
    await page.locator('[data-step=person]').waitFor()
    await page.close()
  })

  it('has sliders, buttons and costs with names and values in the tree of the page', async () => {
    const page = await open()
    await page.getByRole('slider').first().waitFor()
    const tree = await page.locator('.anketa-step').ariaSnapshot()
    for (const line of [
      '- textbox "Сумма займа, ₽": 15 000',
      '- slider "Сумма займа, ₽": "15000"',
      '- group "Сумма займа, ₽":',
      '- button "15 000 ₽" [pressed]',
      '- slider "Срок, дней": "14"',
      '- button "14 дней" [pressed]',
      '- paragraph: Полная стоимость займа 0–292 % годовых',
      '- paragraph: Вы вернёте 15 840 ₽',
      '- button "Продолжить"',
    ])
      expect(tree.replaceAll('\u00a0', ' ')).toContain(line)
    const texts = await page.getByRole('slider').evaluateAll((all) => all.map((one) => one.ariaValueText))
    expect(texts.map((text) => text?.replace('\u00a0', ' '))).toEqual(['15 000 рублей', '14 дней'])
    await page.close()
  })

  it('takes a press and a drag of the thumb', async () => {
    const page = await open()
    const slider = page.getByRole('slider').first()
    const box = (await slider.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
    const middle = box.y + box.height / 2
    const amount = async (): Promise<number> =>
      Number((await page.locator('[data-field=amount] input').inputValue()).replace(/\D/g, ''))
    await page.mouse.move(box.x + box.width - 14, middle)
    await page.mouse.down()
    expect(await amount()).toBe(30_000)
    await page.mouse.move(box.x + box.width / 4, middle, { steps: 5 })
    await page.mouse.up()
    const quarter = await amount()
    expect(quarter % 500).toBe(0)
    expect(Math.abs(quarter - 8000)).toBeLessThanOrEqual(1500)
    expect(await slider.inputValue()).toBe(String(quarter))
    await page.close()
  })
})

it('a page that keeps space for the form, as the documents show, does not move when it comes', async () => {
  const docs = await readFile('docs/embedding.md', 'utf8')
  const [, css = ''] = /does nothing move[^]*?```css\n([^]*?)```/.exec(docs) ?? []
  expect(css).toContain('min-height')
  for (const [styles, moves] of [
    [css, false],
    ['', true],
  ] as const) {
    const page = await open({
      css: styles,
      after: '<p id="after">Дальше</p>',
      prepare: (opened) => recordTops(opened),
    })
    await page.getByRole('slider').first().waitFor()
    const tops = new Set(await page.evaluate(() => [Reflect.get(window, 'tops')].flat()))
    expect(tops.size > 1, styles).toBe(moves)
    await page.close()
  }
})

describe('the look bank', () => {
  it('shows the person on a card of at most 640 pixels at 360', async () => {
    const page = await open({ look: 'bank' })
    await page.locator('[data-action=next]').click()
    await page.locator('[data-step=person]').waitFor()
    const { height = 0 } = (await page.locator('.anketa').boundingBox()) ?? {}
    expect(height).toBeGreaterThan(300)
    expect(height).toBeLessThanOrEqual(640)
    const { height: field = 0 } = (await page.locator('[data-field=lastName]').boundingBox()) ?? {}
    expect(Math.abs(field - 56)).toBeLessThanOrEqual(1)
    await page.close()
  })

  it('keeps all texts in their boxes when they are twice as large, and when they are long', async () => {
    const page = await open({ look: 'bank' })
    await page.locator('[data-action=next]').click()
    await page.locator('[data-step=person]').waitFor()
    await page.locator('.anketa').evaluate((form) => {
      for (const element of form.querySelectorAll<HTMLElement>('*')) {
        const size = getComputedStyle(element).fontSize
        element.dataset['size'] = String(2 * Number.parseFloat(size))
      }
      for (const element of form.querySelectorAll<HTMLElement>('*'))
        element.style.fontSize = `${element.dataset['size']}px`
      for (const label of form.querySelectorAll('.anketa-label'))
        label.append(' Превысокомногорассмотрительствующий')
    })
    const lost = await page
      .locator('.anketa')
      .evaluate((form) => [
        ...(document.documentElement.scrollWidth > innerWidth ? ['the page'] : []),
        ...[...form.querySelectorAll('label, button, p, h2, .anketa-field')]
          .filter(
            (element) => !element.matches('.anketa-unseen') && element.scrollWidth > element.clientWidth + 1,
          )
          .map((element) => element.outerHTML),
      ])
    expect(lost).toEqual([])
    await page.close()
  })
})

it.each([
  ['plain', 'light'],
  ['soft', 'dark'],
  ['bold', 'light'],
  ['bank', 'dark'],
  ['bank', 'light'],
] as const)('axe finds nothing on any step in the look %s, %s', async (look, theme) => {
  const page = await open({ look, theme })
  await page.evaluate(axe.source)
  const problems: string[] = []
  await visitLooks(page, async (state) => {
    // As text, because a function would be compiled with references to this file's imports.
    const { violations }: AxeResults = await page.evaluate('axe.run(document)')
    problems.push(...violations.map(({ id, nodes }) => `${state}: ${id}: ${nodes[0]?.html}`))
  })
  expect(problems).toEqual([])
  await page.close()
})
