import { afterAll, beforeAll, expect, it } from 'vitest'
import { expectAccessible } from '../support/pages/axe.ts'
import { type HostPage, openHostPage } from '../support/pages/host-page.ts'
import { type TestEnvironment, startTestEnvironment } from '../support/test-environment.ts'

let environment: TestEnvironment

beforeAll(async () => {
  environment = await startTestEnvironment()
})

afterAll(() => environment.close())

/** The lines of Chromium's accessibility tree that have a name, as `role "name" description states`. */
async function readTree(form: HostPage): Promise<readonly string[]> {
  const session = await form.page.context().newCDPSession(form.page)
  const { nodes } = await session.send('Accessibility.getFullAXTree')
  await session.detach()
  return nodes
    .filter(({ ignored, role }) => !ignored && role?.value !== 'RootWebArea')
    .map(({ role, name, description, properties = [] }) => {
      const states = properties
        .filter(
          ({ name: state, value }) =>
            state === 'focused' || state === 'live' || (state === 'invalid' && value.value !== 'false'),
        )
        .map(({ name: state, value }) => `${state}=${String(value.value)}`)
      return [role?.value, `"${String(name?.value ?? '')}"`, description?.value, ...states]
        .filter(Boolean)
        .join(' ')
    })
}

it.each(['', 'data-shadow="false"'])(
  'an error, a new step and a filled region are announced with %s',
  async (shadow) => {
    const form = await openHostPage(environment, { attributes: shadow, listsPlaces: true })
    const region = form.root.locator('[role=status]')
    const lines = async (pattern: RegExp) => (await readTree(form)).filter((line) => pattern.test(line))
    expect(await lines(/live=/)).toEqual(['status "" live=polite'])

    await form.control('amount').fill('30000')
    await form.control('termDays').fill('30')
    await form.action('next').click()
    await form.step('person')
    expect(await lines(/focused=true/)).toEqual([
      expect.stringMatching(/^heading ".+" Шаг 2 из \d focused=true$/),
    ])

    await form.control('lastName').fill('Ivanov')
    await form.control('firstName').focus()
    await expect.poll(() => region.textContent()).toMatch(/^Фамилия\. Ошибка: .+/)
    await form.control('lastName').focus()
    expect(await lines(/focused=true/)).toEqual([
      expect.stringMatching(
        /^textbox "Фамилия" Ошибка: .+ invalid=true focused=true$|^textbox "Фамилия" Ошибка: .+ focused=true invalid=true$/,
      ),
    ])
    await form.page.emulateMedia({ forcedColors: 'active' })
    await expectAccessible(form.page, `reader-error-forced${shadow ? '-page' : ''}`)
    const sign = await form
      .field('lastName')
      .locator('[part=error]')
      .evaluate((message) => {
        const { content, borderTopWidth } = getComputedStyle(message, '::before')
        return { content, borderTopWidth }
      })
    expect(sign).toMatchObject({ borderTopWidth: '1px', content: expect.stringContaining('!') })
    expect(await form.control('lastName').evaluate((input) => getComputedStyle(input).borderTopWidth)).toBe(
      '3px',
    )
    await form.page.emulateMedia({ forcedColors: 'none' })

    await form.control('lastName').fill('Иванов')
    await form.control('firstName').fill('Иван')
    await form.control('noMiddleName').check()
    await form.control('birthDate').fill('01.02.1990')
    await form.control('phone').fill('+79000000001')
    await form.action('next').click()
    await form.step('passport')
    await form.control('city').click()
    await form.control('city').pressSequentially('Тюм')
    await expect.poll(() => form.root.locator('[role=option]').count()).toBeGreaterThan(0)
    await form.page.emulateMedia({ forcedColors: 'active' })
    await form.page.keyboard.press('ArrowDown')
    await expectAccessible(form.page, `reader-list-forced${shadow ? '-page' : ''}`)
    await form.page.keyboard.press('Enter')
    await expect.poll(() => region.textContent()).toBe('Регион: Тюменская область')
    expect(await lines(/live=/)).toHaveLength(1)
    await form.page.close()
  },
)

/** What a person may set: WCAG 2.2, 1.4.12. */
const textSpacing = `<style>* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
  p { margin-bottom: 2em !important }</style>`

it.each([
  ['320', { viewport: { width: 320, height: 640 } }],
  ['320-dark', { viewport: { width: 320, height: 640 }, attributes: 'data-theme="dark"' }],
  [
    '320-spacing',
    { viewport: { width: 320, height: 640 }, attributes: 'data-shadow="false"', head: textSpacing },
  ],
] as const)('%s: errors break no layout', async (name, options) => {
  const form = await openHostPage(environment, options)
  await form.action('next').click()
  await form.root.locator('[part=error]').first().waitFor()
  await expectAccessible(form.page, `reader-${name}`)
  expect(await form.page.evaluate('document.documentElement.scrollWidth')).toBe(320)
  await form.page.close()
})
