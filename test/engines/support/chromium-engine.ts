import { chromium } from 'playwright'
import { chromiumLaunchOptions } from '../../support/chromium.ts'
import type { Engine } from './engine.ts'
import { holdMs } from './key-actions.ts'
import { parseValue, toJson } from './page-script.ts'

/** Starts Chromium, through Playwright. */
export async function startChromium(): Promise<Engine> {
  const browser = await chromium.launch(await chromiumLaunchOptions())
  // Chromium asks before a page of one local address accesses another.
  const permissions = ['clipboard-read', 'clipboard-write', 'local-network-access']
  const page = await browser.newPage({ viewport: { width: 800, height: 900 }, permissions })
  const press = async (...keys: readonly string[]): Promise<void> => {
    for (const key of keys) await page.keyboard.press(key)
  }
  return {
    async open(url) {
      await page.goto(url)
    },
    evaluate: async (expression) => parseValue(await page.evaluate(toJson(expression))),
    type: (text) => page.keyboard.type(text),
    press,
    clickAt: (x, y) => page.mouse.click(x, y, { delay: holdMs }),
    undo: () => press('Control+z'),
    close: () => browser.close(),
  }
}
