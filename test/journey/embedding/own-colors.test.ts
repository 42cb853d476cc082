import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type HostPage, openHostPage } from '../support/pages/host-page.ts'
import { type TestEnvironment, startTestEnvironment } from '../support/test-environment.ts'

let environment: TestEnvironment

beforeAll(async () => {
  environment = await startTestEnvironment()
})

afterAll(() => environment.close())

/** Accents of every hue and brightness, and those that the documents name. */
const accents = [
  '#ffdd2d',
  '#7b1fa2',
  '#1a4fd8',
  '#fff',
  '#000',
  '#767676',
  '#f00',
  '#0f0',
  '#00f',
  'oklch(0.7 0.2 40)',
  ...Array.from({ length: 36 }, (_, index) => `hsl(${index * 10} 90% ${20 + (index % 7) * 10}%)`),
]

/** The lowest contrasts of the button's text and of links for some accents, as the browser paints them. */
async function lowestContrasts(form: HostPage, colors: readonly string[]) {
  return form.root.evaluate((root, values) => {
    const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })
    const luminance = (color: string): number => {
      if (!canvas) return 0
      canvas.fillStyle = color
      canvas.fillRect(0, 0, 1, 1)
      const [red = 0, green = 0, blue = 0] = Array.from(canvas.getImageData(0, 0, 1, 1).data, (part) => {
        const value = part / 255
        return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
      })
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
    const contrast = (one: string, other: string): number => {
      const [a, b] = [luminance(one), luminance(other)]
      return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
    }
    const [button, link] = [root.querySelector('.anketa-main'), root.querySelector('.anketa-link')]
    const page = document.querySelector<HTMLElement>('#form')
    const lowest = { button: 21, link: 21 }
    for (const value of values) {
      page?.style.setProperty('--anketa-accent', value)
      if (!button || !link) continue
      const { color, backgroundColor } = getComputedStyle(button)
      lowest.button = Math.min(lowest.button, contrast(color, backgroundColor))
      lowest.link = Math.min(
        lowest.link,
        contrast(getComputedStyle(link).color, getComputedStyle(root).backgroundColor),
      )
    }
    return lowest
  }, colors)
}

describe.each(['', 'data-shadow="false"'])('with %s', (shadow) => {
  it.each(['light', 'dark'])('in the theme %s, every accent gives readable texts', async (theme) => {
    const form = await openHostPage(environment, { attributes: `${shadow} data-theme="${theme}"` })
    const { button, link } = await lowestContrasts(form, accents)
    expect(button).toBeGreaterThanOrEqual(4.5)
    expect(link).toBeGreaterThanOrEqual(4.5)
    await form.page.close()
  })
})

it('the accents of the documents are among those that are tried', async () => {
  const texts = await Promise.all(
    ['docs/theming.md', 'docs/quick-start.ru.md'].map((file) => readFile(file, 'utf8')),
  )
  const named = texts.flatMap((text) =>
    [...text.matchAll(/--anketa-accent: (#[\da-f]+)/g)].map(([, color]) => color),
  )
  expect(named.length).toBeGreaterThan(1)
  expect(accents).toEqual(expect.arrayContaining(named))
})

it('what the page itself has set and nobody can read is reported on the console', async () => {
  const form = await openHostPage(environment, {
    head: '<style>[data-anketa] { --anketa-accent: #ffdd2d; --anketa-on-accent: #fff; --anketa-muted: #ccc }</style>',
  })
  await expect.poll(() => form.consoleMessages.join('\n')).toContain('--anketa-muted on --anketa-surface')
  expect(form.consoleMessages.join('\n')).toMatch(
    /warning: Anketa: --anketa-on-accent on --anketa-accent has a contrast of 1\.3\d to 1, texts need 4\.5 to 1/,
  )
  await form.page.close()
})

it('a dark surface of the page keeps its links readable, and readable colours are not reported', async () => {
  const form = await openHostPage(environment, {
    head: `<style>[data-anketa] { --anketa-accent: #ffdd2d; --anketa-surface: #111; --anketa-text: #fff;
      --anketa-muted: #bbb; --anketa-soft: #222; --anketa-error: #f99 }</style>`,
  })
  await expect.poll(async () => (await lowestContrasts(form, ['#ffdd2d'])).link).toBeGreaterThanOrEqual(4.5)
  expect(form.consoleMessages).toEqual([])
  await form.page.close()
})
