import { mkdir } from 'node:fs/promises'
import axe, { type AxeResults } from 'axe-core'
import type { Page } from 'playwright'
import { expect } from 'vitest'

/** Pictures of every screen, for people. No test compares them. */
const screenshotFolder = 'node_modules/.cache/screens'
await mkdir(screenshotFolder, { recursive: true })

/** Takes a picture of a page. */
export async function takeScreenshot(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: `${screenshotFolder}/${name}.png`, fullPage: true })
}

/** Expects that axe finds nothing on the current page, and takes a picture of it. */
export async function expectAccessible(page: Page, name: string): Promise<void> {
  await takeScreenshot(page, name)
  await page.evaluate(axe.source)
  // As text, because a compiled function refers to the imports of this file.
  const { violations }: AxeResults = await page.evaluate('axe.run(document)')
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)
  expect(found, name).toEqual([])
}
