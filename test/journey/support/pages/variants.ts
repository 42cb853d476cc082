import axe, { type AxeResults } from 'axe-core'
import { expect } from 'vitest'
import type { FormPage } from './form-page.ts'
import type { HostPageOptions } from './host-page.ts'
import { takeScreenshot } from './axe.ts'

/** What a person may set: WCAG 2.2, 1.4.12. */
const textSpacing = `* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
  p { margin-bottom: 2em !important }`

interface Variant {
  readonly media?: {
    readonly colorScheme?: 'light' | 'dark'
    readonly forcedColors?: 'active' | 'none'
  }
  /** Instead of the form's own. Its styles have been loaded by an earlier variant. */
  readonly theme?: string
  readonly width?: number
  readonly hasTextSpacing?: boolean
}

/** Places, among them two of one name, and one with the longest name and region. */
const places = JSON.stringify({
  cities: [
    { name: 'Киров', region: 'Калужская область', kladr: '4000000200000' },
    { name: 'Киров', region: 'Кировская область', kladr: '4300000100000' },
    { name: 'Тюмень', region: 'Тюменская область', kladr: '7200000100000' },
    {
      name: 'Краснознаменское-Верхнереченское',
      type: 'рп',
      region: 'Ханты-Мансийский автономный округ — Югра',
      kladr: '8600000200000',
    },
  ],
})

/** A page whose form has the theme of the device, so that its variants have it, too. */
export function themedPage(attributes: string): HostPageOptions {
  return {
    attributes: `data-theme="auto" data-places='${places}' ${attributes}`,
    head: '<style>@media (prefers-color-scheme: dark) { body { background: #0c110f; color: #fff } }</style>',
    viewport: { width: 1280, height: 800 },
  }
}

/** Ways in which one state of a form is seen. */
const variants: Readonly<Record<string, Variant>> = {
  light: {},
  dark: { media: { colorScheme: 'dark' } },
  'forced colours': { media: { forcedColors: 'active' } },
  'forced colours, dark': { media: { forcedColors: 'active', colorScheme: 'dark' } },
  'dark theme, forced colours': { media: { forcedColors: 'active' }, theme: 'dark' },
  '320 px': { width: 320 },
  'text spacing': { hasTextSpacing: true },
  'text spacing, 320 px': { hasTextSpacing: true, width: 320 },
}

/** How often each variant was checked, and with how many violations. */
export interface VariantCounts {
  /** Looks at a page that shows one state in every variant, and expects no violations, no lost texts, no wide page. */
  check(form: FormPage, state: string): Promise<void>
  /** A table for people: a line for each variant. */
  table(): string
}

/** Creates the counts of a form in one mode. */
export function createVariantCounts(): VariantCounts {
  const counts = new Map(Object.keys(variants).map((name) => [name, { states: 0, violations: 0 }]))
  return {
    async check(form, state) {
      const { page } = form
      const viewport = page.viewportSize() ?? { width: 1280, height: 800 }
      if (!(await page.evaluate('"axe" in window'))) await page.evaluate(axe.source)
      const problems: string[] = []
      await takeScreenshot(page, state)
      for (const [name, { media, theme, width = viewport.width, hasTextSpacing = false }] of Object.entries(
        variants,
      )) {
        await page.emulateMedia({ colorScheme: 'light', forcedColors: 'none', ...media })
        await page.setViewportSize({ ...viewport, width })
        const ownTheme = await form.root.evaluate(setTheme, theme)
        await form.root.evaluate(setTextSpacing, hasTextSpacing ? textSpacing : '')
        // As text, because a function would be compiled with references to this file's imports.
        const { violations }: AxeResults = await page.evaluate('axe.run(document)')
        const found = [
          ...violations.map(
            ({ id, nodes }) =>
              `${id}: ${nodes.map((node) => `${node.html} ${node.failureSummary ?? ''}`).join(' ')}`,
          ),
          ...(await form.root.evaluate(findLostTexts)),
        ]
        await form.root.evaluate(setTheme, ownTheme)
        const count = counts.get(name) ?? { states: 0, violations: 0 }
        counts.set(name, { states: count.states + 1, violations: count.violations + found.length })
        problems.push(...found.map((problem) => `${name}: ${problem}`))
      }
      await page.emulateMedia({ colorScheme: 'light', forcedColors: 'none' })
      await page.setViewportSize(viewport)
      await form.root.evaluate(setTextSpacing, '')
      expect.soft(problems, state).toEqual([])
    },
    table: () =>
      Array.from(
        counts,
        ([name, { states, violations }]) => `${name.padEnd(27)} ${states} states, ${violations} violations`,
      ).join('\n'),
  }
}

/** Sets the theme, if one is given. Returns the one before. */
function setTheme(root: Element, theme: string | undefined): string | undefined {
  const before = root.getAttribute('data-theme') ?? undefined
  if (theme !== undefined) root.setAttribute('data-theme', theme)
  return before
}

/** Sets a person's own styles where the form is, as extensions of browsers do. */
function setTextSpacing(root: Element, css: string): void {
  const tree = root.getRootNode()
  const place = tree instanceof ShadowRoot ? tree : document.head
  place.querySelector('#spacing')?.remove()
  if (css === '') return
  const style = document.createElement('style')
  style.id = 'spacing'
  style.textContent = css
  place.append(style)
}

/** Texts that their own boxes cut off, and what makes the page wider than its window. */
function findLostTexts(root: Element): readonly string[] {
  const { scrollWidth, clientWidth } = document.documentElement
  const wide = scrollWidth > clientWidth ? [`the page is ${scrollWidth}px wide`] : []
  const cut = [...root.querySelectorAll('*')].filter((element) => {
    if (element.matches('.anketa-unseen, [role=listbox], input, textarea')) return false
    const { overflowX, overflowY, textOverflow } = getComputedStyle(element)
    const isCutX =
      overflowX !== 'visible' && textOverflow !== 'ellipsis' && element.scrollWidth > element.clientWidth + 1
    const isCutY = overflowY !== 'visible' && element.scrollHeight > element.clientHeight + 3
    return isCutX || isCutY
  })
  return [...wide, ...cut.map((element) => `cut off: ${element.outerHTML.slice(0, 160)}`)]
}
