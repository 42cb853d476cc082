import { mkdir } from 'node:fs/promises'
import axe, { type AxeResults } from 'axe-core'
import type { Page } from 'playwright'
import { expect } from 'vitest'

/** Pictures of every screen, for eyes: nothing compares them. */
const screenshotFolder = 'node_modules/.cache/screens'
await mkdir(screenshotFolder, { recursive: true })

/** Takes a picture of a page. */
export async function takeScreenshot(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: `${screenshotFolder}/${name}.png`, fullPage: true })
}

/** Expects that axe finds nothing on a page as it stands, and takes a picture of it. */
export async function expectAccessible(page: Page, name: string): Promise<void> {
  await takeScreenshot(page, name)
  await page.evaluate(axe.source)
  // As text: a function would be compiled with this file's imports in it.
  const { violations }: AxeResults = await page.evaluate('axe.run(document)')
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)
  expect(found, name).toEqual([])
}
