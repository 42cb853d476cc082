import { mkdir } from 'node:fs/promises'
import axe, { type AxeResults } from 'axe-core'
import type { Page } from 'playwright'
import { expect } from 'vitest'

/** Screenshots of every screen, for people to look at: no test compares them. */
const screenshotFolder = 'node_modules/.cache/screens'
await mkdir(screenshotFolder, { recursive: true })

/** Takes a screenshot of a page, or of what is seen of it. */
export async function takeScreenshot(page: Page, name: string, fullPage = true): Promise<void> {
  await page.screenshot({ path: `${screenshotFolder}/${name}.png`, fullPage })
}

/** Expects no axe violations on the current page, and takes a screenshot of it. */
export async function expectAccessible(page: Page, name: string): Promise<void> {
  await takeScreenshot(page, name)
  await page.evaluate(axe.source)
  // As text, because a function would be compiled with references to this file's imports.
  const { violations }: AxeResults = await page.evaluate('axe.run(document)')
  const problems = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)
  expect(problems, name).toEqual([])
}
