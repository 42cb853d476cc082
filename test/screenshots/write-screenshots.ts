/**
 * Takes a screenshot of every step of every look, light and dark, at 360, 768 and 1280 pixels, and looks for violations
 * with axe. Writes them to `node_modules/.cache/looks`, and a sheet for each look and theme to `docs/looks`: build the
 * scripts first.
 */
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import axe, { type AxeResults } from 'axe-core'
import { type Browser, chromium } from 'playwright'
import { looks } from '../../src/embed/options/options-table.ts'
import { chromiumLaunchOptions } from '../support/chromium.ts'
import { openLooksPage } from './looks-page.ts'
import { visitLooks } from './visit-looks.ts'

const root = join(import.meta.dirname, '../..')
const screens = join(root, 'node_modules/.cache/looks')
const sheets = join(root, 'docs/looks')
const widths = [360, 768, 1280]
/** The states on a sheet. */
const shown = ['calculator', 'person', 'errors', 'passport', 'consents', 'result']

await mkdir(screens, { recursive: true })
await mkdir(sheets, { recursive: true })
const browser = await chromium.launch(await chromiumLaunchOptions())
let count = 0
const problems: string[] = []
for (const look of looks)
  for (const theme of ['light', 'dark'] as const) {
    for (const width of widths) await takeScreens(look, theme, width)
    await writeSheet(browser, look, theme)
  }
await browser.close()
console.log(`${count} screenshots, ${problems.length} violations`)
for (const problem of problems) console.error(problem)
process.exitCode = problems.length > 0 ? 1 : 0

async function takeScreens(look: string, theme: 'light' | 'dark', width: number): Promise<void> {
  const page = await openLooksPage(browser, { look, theme, width })
  await page.evaluate(axe.source)
  await visitLooks(page, async (state) => {
    const name = `${look}-${theme}-${width}-${state}`
    await page.mouse.move(0, 0)
    await page.screenshot({ path: join(screens, `${name}.png`), fullPage: true, animations: 'disabled' })
    count += 1
    // As text, because a function would be compiled with references to this file's imports.
    const { violations }: AxeResults = await page.evaluate('axe.run(document)')
    problems.push(...violations.map(({ id, nodes }) => `${name}: ${id}: ${nodes[0]?.html}`))
    const overflow = await page.evaluate('document.documentElement.scrollWidth > innerWidth')
    if (overflow) problems.push(`${name}: the page is wider than its window`)
  })
  await page.close()
}

async function writeSheet(on: Browser, look: string, theme: string): Promise<void> {
  const images = await Promise.all(
    shown.map(async (state) => {
      const png = await readFile(join(screens, `${look}-${theme}-360-${state}.png`), 'base64')
      return `<img width="270" alt="" src="data:image/png;base64,${png}">`
    }),
  )
  const page = await on.newPage({ viewport: { width: 1640, height: 400 } })
  const background = theme === 'dark' ? '#0c110f' : '#eef1f0'
  await page.setContent(
    `<body style="margin: 0; display: flex; align-items: start; background: ${background}">${images.join('')}`,
  )
  const path = join(sheets, `${look}-${theme}.jpg`)
  await page.screenshot({ path, fullPage: true, type: 'jpeg', quality: 72 })
  await page.close()
}
