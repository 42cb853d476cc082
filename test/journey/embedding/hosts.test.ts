import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type HostName, hosts } from '../../../demo/pages/hosts.ts'
import { hooks } from '../../../src/entries/testing.ts'
import { checkHost, focused, type HostRow } from '../support/pages/host-checks.ts'
import { monitorPage } from '../support/pages/monitor-page.ts'
import { typeRussian } from '../support/pages/russian-keys.ts'
import { startTestEnvironment, type TestEnvironment } from '../support/test-environment.ts'

let environment: TestEnvironment
const table: Record<string, HostRow> = {}

beforeAll(async () => {
  environment = await startTestEnvironment()
})

afterAll(async () => {
  console.table(table)
  await environment.close()
})

interface HostPage {
  readonly page: Page
  readonly consoleMessages: readonly string[]
}

async function open(path: string): Promise<HostPage> {
  const page = await environment.browser.newPage({ viewport: { width: 900, height: 420 } })
  const { consoleMessages } = monitorPage(page)
  await page.goto(`${environment.demo().url}/pages/hosts/${path}`)
  return { page, consoleMessages }
}

const allWell: HostRow = { focus: 'yes', keys: 'yes', Tab: 'yes', scroll: 'yes', lead: 'yes' }

/** What a person does on a page before the form is there. */
const openings: Partial<Record<HostName, (page: Page) => Promise<void>>> = {
  sweetalert2: (page) => page.locator('#open').click(),
  'delayed-scripts': (page) => page.keyboard.press('Shift'),
  'document-write': (page) => page.locator('#write').dispatchEvent('click'),
}

const names = Object.keys(hosts)
  .filter((name): name is HostName => name in hosts)
  .filter((name) => name !== 'frames')
/** The pages that name their element themselves. */
const ownElement: readonly HostName[] = ['direct', 'delayed-scripts']

describe.each([
  ['in a shadow root', ''],
  ['in the page itself', '?shadow=false'],
])('a form %s', (where, query) => {
  it.each(names.filter((name) => !query || !ownElement.includes(name)))(
    'on the page "%s" takes the focus, keys and Tab, lets the page scroll, and sends its lead',
    async (name) => {
      const { page, consoleMessages } = await open(name + query)
      await openings[name]?.(page)
      await page.locator(hooks.form).waitFor()
      const row = await checkHost(page, page.mainFrame())
      table[`${name}, ${where}`] = row
      expect(row).toEqual(allWell)
      expect(consoleMessages).toEqual([])
      await page.close()
    },
  )
})

describe('a form in a frame with a sandbox', () => {
  it.each(
    ['allow-scripts', 'allow-scripts allow-same-origin', 'allow-scripts allow-forms'].flatMap((sandbox) =>
      ['plain', 'direct'].map((name) => [name, sandbox] as const),
    ),
  )('on the page "%s", sandbox="%s"', async (name, sandbox) => {
    const { page, consoleMessages } = await open(`frames?page=${name}&sandbox=${encodeURIComponent(sandbox)}`)
    await page.frameLocator('iframe').locator(hooks.form).waitFor()
    const [, frame = page.mainFrame()] = page.frames()
    const row = await checkHost(page, frame)
    table[`${name}, sandbox="${sandbox}"`] = row
    expect(row).toEqual(allWell)
    // Chromium's advice to developers.
    expect(consoleMessages.filter((line) => !line.includes('can escape its sandboxing'))).toEqual([])
    await page.close()
  })
})

describe("what was typed into the page's own form before the script came", () => {
  it('is in the form, with the focus and the caret, and typing goes on', async () => {
    const { page, consoleMessages } = await open('delayed-scripts')
    await page.locator('[name=phone]').fill('8 900')
    await page.locator('[type=checkbox]').evaluate((box) => Reflect.set(box, 'checked', true))
    // A press would start the script, and so does the first key.
    await page.locator('[name=firstName]').focus()
    await typeRussian(page, 'Марья')
    await page.keyboard.press('ArrowLeft')
    await page.locator(hooks.form).waitFor()
    expect(await focused(page.mainFrame())).toBe('firstName')
    await page.keyboard.press('Backspace')
    await typeRussian(page, 'и')
    expect(await page.locator(hooks.control('firstName')).inputValue()).toBe('Мария')
    expect(await page.locator(hooks.control('phone')).inputValue()).toBe('8 900')
    // The text is what a person has begun, and goes on being masked.
    await page.locator(hooks.control('phone')).click()
    await page.keyboard.press('End')
    await page.keyboard.type('0000098')
    expect(await page.locator(hooks.control('phone')).inputValue()).toBe('+7 900 000-00-98')
    expect(await page.locator(hooks.consent('processing')).isChecked()).toBe(false)
    expect(await page.locator('[data-anketa] > *').count()).toBe(1)
    expect(consoleMessages).toEqual([])
    await page.close()
  })

  it('stays there while the person is at a field that the form does not show', async () => {
    const { page } = await open('delayed-scripts')
    await page.locator('[name=note]').focus()
    await typeRussian(page, 'Утром')
    await page.waitForFunction('window.Anketa')
    await page.waitForTimeout(300)
    expect(await focused(page.mainFrame())).toBe('note')
    expect(await page.locator(hooks.form).count()).toBe(0)
    await page.keyboard.press('Shift+Tab')
    await page.locator(hooks.form).waitFor()
    expect(await focused(page.mainFrame())).toBe('phone')
    await page.keyboard.type('89000000097')
    expect(await page.locator(hooks.control('phone')).inputValue()).toBe('+7 900 000-00-97')
    await page.close()
  })
})

describe('a page', () => {
  it('of another direction does not turn the form round', async () => {
    for (const query of ['', '?shadow=false']) {
      const { page } = await open(`right-to-left${query}`)
      const label = page.locator(hooks.field('firstName')).locator('label')
      await label.waitFor()
      const styles = await label.evaluate((element) => [
        getComputedStyle(element).direction,
        getComputedStyle(element.closest('.anketa') ?? element).direction,
      ])
      expect(styles).toEqual(['ltr', 'ltr'])
      const [text, input] = [
        await label.boundingBox(),
        await page.locator(hooks.control('firstName')).boundingBox(),
      ]
      expect(Math.abs((text?.x ?? 0) - (input?.x ?? 100))).toBeLessThan(3)
      await page.close()
    }
  })

  it.each(['windows-1251', 'no-charset'])('in %s has a form with readable texts', async (name) => {
    const { page } = await open(name)
    const label = page.locator(hooks.field('firstName')).locator('label')
    expect(await label.innerText()).toBe('Как к вам обращаться')
    expect(await page.evaluate('document.characterSet')).toMatch(name === 'windows-1251' ? /1251/ : /./)
    await page.close()
  })

  it('gets its form again when it replaces its html element', async () => {
    const { page, consoleMessages } = await open('document-write')
    await page.locator(hooks.control('firstName')).fill('Анна')
    await page.locator('#replace').click()
    await page.getByText('Заменена').waitFor()
    await page.locator(hooks.form).waitFor()
    expect(await page.locator(hooks.form).count()).toBe(1)
    expect(await page.locator(hooks.control('firstName')).inputValue()).toBe('')
    expect(consoleMessages).toEqual([])
    await page.close()
  })

  it('with an element in a shadow root of its own learns from the console what to call', async () => {
    const { page, consoleMessages } = await open('shadow-root?unscanned')
    await expect.poll(() => consoleMessages.join()).toContain('вызовите Anketa.scan(shadowRoot)')
    await page.evaluate(`Anketa.scan(document.querySelector('page-block').shadowRoot)`)
    await page.locator(hooks.form).waitFor()
    await page.close()
  })

  it('closes its window with Escape, and its menus with a click in the form', async () => {
    const { page } = await open('focus-trap')
    await page.evaluate(`document.addEventListener('click', () => (document.title = 'clicked'))`)
    await page.locator(hooks.control('firstName')).click()
    expect(await page.title()).toBe('clicked')
    await page.keyboard.press('Escape')
    await expect.poll(() => page.locator('.overlay').count()).toBe(0)
    await page.close()
  })
})
