import { afterAll, beforeAll, expect, it } from 'vitest'
import { expectAccessible, takeScreenshot } from '../support/pages/axe.ts'
import { type HostPageOptions, openHostPage } from '../support/pages/host-page.ts'
import { createPerson } from '../support/person.ts'
import { visitScreens } from '../support/pages/visit-screens.ts'
import { createRandomChoices } from '../support/random-choices.ts'
import { type TestEnvironment, startTestEnvironment } from '../support/test-environment.ts'

const random = createRandomChoices()
let environment: TestEnvironment

beforeAll(async () => {
  environment = await startTestEnvironment()
})

afterAll(() => environment.close())

const dark = '<style>body { background: #0c110f; color: #fff }</style>'
interface AppearanceCase extends HostPageOptions {
  readonly name: string
  readonly width: number
}

/** The default appearance is covered by accessibility.test.ts. */
const appearanceCases: readonly AppearanceCase[] = [
  { width: 360, name: 'dark', attributes: 'data-theme="dark"', head: dark },
  { width: 1280, name: 'dark', attributes: 'data-theme="dark"', head: dark },
  { width: 360, name: 'soft', attributes: 'data-look="soft"' },
  {
    width: 1280,
    name: 'soft-auto',
    attributes: 'data-theme="auto" data-look="soft"',
    head: dark,
    colorScheme: 'dark',
  },
  { width: 1280, name: 'bold', attributes: 'data-look="bold"' },
  { width: 360, name: 'bold-dark', attributes: 'data-theme="dark" data-look="bold"', head: dark },
  { width: 360, name: 'english', attributes: 'data-locale="en"' },
  { width: 1280, name: 'english', attributes: 'data-locale="en"' },
]

it.each(appearanceCases)(
  '$name, $width px wide: no axe violations, and every target is large enough',
  async ({ name, width, ...options }) => {
    const form = await openHostPage(environment, {
      ...options,
      listsPlaces: true,
      viewport: { width, height: 800 },
    })
    await visitScreens(form, createPerson(random), async (screen) => {
      await expectAccessible(form.page, `${name}-${width}-${screen}`)
      expect(await form.root.evaluate(smallTargets), screen).toEqual([])
      expect(await form.root.evaluate(smallTexts), screen).toEqual([])
      expect(await form.root.evaluate(elementsWithoutPart), screen).toEqual([])
    })
    expect(form.consoleMessages).toEqual([])
    await form.page.close()
  },
)

it('the theme "auto" follows the device, also while the form is shown', async () => {
  const form = await openHostPage(environment, { attributes: 'data-theme="auto"', colorScheme: 'light' })
  const surface = () => form.root.evaluate((root) => getComputedStyle(root).backgroundColor)
  expect(await surface()).toBe('rgb(255, 255, 255)')
  await form.page.emulateMedia({ colorScheme: 'dark' })
  expect(await surface()).toBe('rgb(24, 33, 29)')
  await form.page.close()
})

it("the page's own properties override those of a theme and a look", async () => {
  const form = await openHostPage(environment, {
    attributes: 'data-theme="dark" data-look="bold"',
    head: '<style>[data-anketa] { --anketa-accent: rgb(1, 2, 3); --anketa-radius: 1px }</style>',
  })
  const button = await form
    .action('next')
    .evaluate((found) => [getComputedStyle(found).backgroundColor, getComputedStyle(found).borderRadius])
  expect(button).toEqual(['rgb(1, 2, 3)', '1px'])
  await form.page.close()
})

it.each([
  ['in a shadow root', ''],
  ['in the page itself', 'data-shadow="false"'],
])('%s, the focused element has a focus ring', async (_, attributes) => {
  const steps = [{ id: 'all', title: 'Всё сразу', fields: ['amount', 'employment', 'gender', 'comment'] }]
  const form = await openHostPage(environment, {
    attributes,
    steps: steps.map((step) => ({ ...step, fields: step.fields.map((name) => ({ name })) })),
  })
  await form.control('amount').focus()
  const seen = new Set<string>()
  while (!seen.has('link')) {
    const { part, ring } = await form.root.evaluate((root) => {
      const tree = root.getRootNode()
      const active =
        'activeElement' in tree && tree.activeElement instanceof Element ? tree.activeElement : root
      const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(active)
      return {
        part: active.getAttribute('part') ?? '',
        ring: `${outlineStyle} ${outlineWidth} ${outlineColor}`,
      }
    })
    seen.add(part)
    expect(ring, part).toBe('solid 3px rgb(11, 107, 79)')
    await form.page.keyboard.press('Tab')
  }
  expect([...seen]).toEqual(['input', 'select', 'radio', 'checkbox', 'link'])
  await form.page.close()
})

it('borders stay visible with forced colours', async () => {
  const form = await openHostPage(environment)
  await form.page.emulateMedia({ forcedColors: 'active' })
  await takeScreenshot(form.page, 'forced-colors')
  for (const control of [form.action('next'), form.control('amount')]) {
    const [border, surface] = await control.evaluate((found) => [
      getComputedStyle(found).borderTopColor,
      getComputedStyle(found).backgroundColor,
    ])
    expect(border).not.toBe(surface)
    expect(border).not.toMatch(/^rgba.* 0\)$/)
  }
  await form.page.close()
})

it('has the default appearance, with a warning, if the styles of its look do not load', async () => {
  const form = await openHostPage(environment, { attributes: 'data-look="bold"', missing: 'extras' })
  expect(await form.root.evaluate((root) => getComputedStyle(root).backgroundColor)).toBe(
    'rgb(255, 255, 255)',
  )
  await expect.poll(() => form.consoleMessages.join()).toContain('не удалось загрузить оформление')
  await form.page.close()
})

/** Touch targets lower than 44 pixels. What is inert cannot be touched. */
function smallTargets(root: Element): readonly string[] {
  return [...root.querySelectorAll('button, input, select, textarea, a, summary, [role=option]')].flatMap(
    (element) => {
      if (element.closest('[inert]')) return []
      const { height } = (element.closest('label') ?? element).getBoundingClientRect()
      return height >= 44 ? [] : [`${element.outerHTML.slice(0, 80)}: ${height}px`]
    },
  )
}

/** Text inputs with a font smaller than 16 pixels, on which iOS zooms in. */
function smallTexts(root: Element): readonly string[] {
  return [...root.querySelectorAll('[part~=input], [part~=select]')].flatMap((input) => {
    const size = Number.parseFloat(getComputedStyle(input).fontSize)
    return size >= 16 ? [] : [`${input.outerHTML.slice(0, 80)}: ${size}px`]
  })
}

/** Visible elements without a `part` attribute. */
function elementsWithoutPart(root: Element): readonly string[] {
  const elements = root.querySelectorAll('[class*="anketa-"]:not([part], .anketa-unseen, .anketa-popup)')
  return Array.from(elements, (element) => element.outerHTML.slice(0, 80))
}
