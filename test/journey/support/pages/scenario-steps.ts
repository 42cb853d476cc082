import type { Locator, Page } from 'playwright'
import { expect } from 'vitest'
import type { EmbedMethod, ScenarioName } from '../../../../demo/pages/scenarios.ts'
import { hooks } from '../../../../src/entries/testing.ts'
import type { PageMonitor } from './monitor-page.ts'

/** A page with a scenario, and its messages. */
export interface ScenarioPage {
  readonly page: Page
  readonly monitor: PageMonitor
  readonly method: EmbedMethod
  /** The container of a form; of the first by default. */
  container(index?: number): Locator
}

/** What a person and a page do in a scenario, in addition to or instead of filling in the first form. */
export interface ScenarioSteps {
  /** Runs before the form is filled in. */
  readonly before?: (scenario: ScenarioPage) => Promise<void>
  /** Runs instead of filling in the first form. */
  readonly instead?: (scenario: ScenarioPage) => Promise<void>
  /** The number of forms; one by default. */
  readonly formCount?: number
  /** The console messages that are allowed; none by default. */
  readonly allowedConsole?: RegExp
}

let people = 0

/** Submits a name and a phone, and waits until they are accepted. */
export async function submitPhone(form: Locator): Promise<void> {
  people += 1
  await form.locator(hooks.control('firstName')).fill('Анна')
  await form.locator(hooks.control('phone')).fill(`+790000000${String(people % 100).padStart(2, '0')}`)
  await form.locator(hooks.consent('processing')).check()
  await form.locator(hooks.action('submit')).click()
  await form.locator(hooks.status('accepted')).waitFor()
}

/** Changes an option from the page, and expects that the typed text stays. */
async function changeTheme({ page, container }: ScenarioPage): Promise<void> {
  await container().locator(hooks.control('firstName')).fill('Пётр')
  await page.locator('#theme').click()
  await container().locator('[data-theme="dark"]').waitFor()
  expect(await container().locator(hooks.control('firstName')).inputValue()).toBe('Пётр')
}

async function expectOutcomeEvent({ page, container }: ScenarioPage): Promise<void> {
  await submitPhone(container())
  await page.locator('output', { hasText: 'accepted' }).waitFor()
}

/** The steps of each scenario. */
export const scenarioSteps: Readonly<Record<ScenarioName, ScenarioSteps>> = {
  'one-request': {},
  end: {},
  head: {},
  marker: {},
  target: {
    async instead({ page, container }) {
      expect(await page.locator(`#place ${hooks.form}`).count()).toBe(1)
      await submitPhone(container())
    },
  },
  twice: { formCount: 2 },
  several: {
    formCount: 3,
    async instead({ container }) {
      expect(await container(0).locator(hooks.control('firstName')).inputValue()).toBe('Анна')
      expect(await container(1).locator(hooks.control('amount')).inputValue()).toBe('30\u00a0000')
      expect(await container(2).locator('[data-theme]').getAttribute('data-theme')).toBe('dark')
      for (const index of [0, 2]) await submitPhone(container(index))
      await container(1).locator(hooks.action('next')).click()
      await expect.poll(() => container(1).locator('[part=error]').count()).toBe(1)
    },
  },
  popup: {
    async before({ page, container }) {
      await container().locator(hooks.form).waitFor({ state: 'attached' })
      expect(await container().locator(hooks.form).isVisible()).toBe(false)
      await page.locator('#open').click()
    },
  },
  later: {},
  spa: {
    async instead({ page, container }) {
      await container().locator(hooks.control('firstName')).fill('Пётр')
      await page.locator('#move').click()
      await page.locator(`#aside ${hooks.form}`).waitFor()
      expect(await container().locator(hooks.control('firstName')).inputValue()).toBe('Пётр')
      await page.locator('#move').click()
      await page.locator(`#view ${hooks.form}`).waitFor()
      expect(await container().locator(hooks.control('firstName')).inputValue()).toBe('Пётр')

      await page.locator('#to-about').click()
      expect(await page.locator(hooks.form).count()).toBe(0)
      await page.locator('#to-form').click()
      await container().locator(hooks.form).waitFor()
      expect(await container().locator(hooks.control('firstName')).inputValue()).toBe('')
      await submitPhone(container())
      // Moving the form does not lose its result screen either.
      await page.locator('#move').click()
      await page.locator(`#aside ${hooks.status('accepted')}`).waitFor()
    },
  },
  'tag-manager': {},
  'rocket-loader': {},
  'older-first': {
    async instead({ page, container }) {
      expect(await page.evaluate('Object.keys(Anketa).join()')).toBe('mount,scan,version')
      expect(await page.locator('[data-anketa-status]').count()).toBe(0)
      await submitPhone(container())
    },
  },
  'newer-first': {
    async instead({ page, container }) {
      expect(await page.locator('[data-anketa-status=ready]').count()).toBe(1)
      await submitPhone(container())
    },
  },
  broken: {
    allowedConsole: /404|форма не показана|атрибут/,
    async instead({ page, container, monitor }) {
      await submitPhone(container(2))
      expect(await page.getByText('8 800 000-00-00', { exact: false }).first().isVisible()).toBe(true)
      expect(await page.getByText('8 800 000-00-01').isVisible()).toBe(true)
      await expect.poll(() => page.locator('[data-anketa-status=failed]').count()).toBe(2)
      await expect.poll(() => monitor.consoleMessages.join('\n')).toMatch(/атрибут data-relay/)
      const messages = monitor.consoleMessages.join('\n')
      expect(messages).toMatch(/\/forms\/none/)
      expect(messages).toMatch(/data-chanel/)
      expect(messages).toMatch(/theme/)
    },
  },
  fallback: {
    formCount: 0,
    allowedConsole: /404|MIME type/,
    async instead({ page }) {
      await page.locator('input[name=firstName]').fill('Анна')
      await page.locator('input[name=phone]').fill('8 900 000-00-98')
      await page.locator('input[type=checkbox]').check()
      await page.locator('button').click()
      await page.getByRole('heading', { name: 'Заявка принята' }).waitFor()
    },
  },
  queue: {
    async instead({ page }) {
      const place = page.locator('#place')
      await place.locator(hooks.form).waitFor()
      expect(await place.locator(hooks.control('firstName')).inputValue()).toBe('Анна')
      await submitPhone(place)
      expect(await page.locator('body').getAttribute('data-outcome')).toBe('accepted')
    },
  },
  named: {
    async instead({ page, container, method }) {
      await submitPhone(container())
      if (method === 'script') expect(await page.evaluate('typeof Anketa.version')).toBe('string')
    },
  },
  'old-libraries': {},
  'hostile-css': {
    async instead({ container }) {
      const input = container().locator(hooks.control('phone'))
      expect((await input.boundingBox())?.height).toBeGreaterThanOrEqual(44)
      expect(await input.evaluate((element) => getComputedStyle(element).textTransform)).toBe('none')
      expect(await input.evaluate((element) => getComputedStyle(element).letterSpacing)).toBe('normal')
      await submitPhone(container())
    },
  },
  light: {
    async instead({ page, container }) {
      expect(await page.evaluate(`document.querySelectorAll('[data-step]').length`)).toBe(1)
      await submitPhone(container())
    },
  },
  mount: {
    async instead({ container }) {
      expect(await container().locator(hooks.control('firstName')).inputValue()).toBe('Анна')
      await submitPhone(container())
    },
  },
  preact: { before: changeTheme, instead: expectOutcomeEvent },
  react: { before: changeTheme, instead: expectOutcomeEvent },
  'react-strict': {
    // React's own advice to developers.
    allowedConsole: /React DevTools/,
    async instead(scenario) {
      expect(await scenario.page.locator('[data-mounts]').getAttribute('data-mounts')).toBe('2')
      await expectOutcomeEvent(scenario)
    },
  },
  'react-snippet': { allowedConsole: /React DevTools/, instead: expectOutcomeEvent },
  vue: { before: changeTheme, instead: expectOutcomeEvent },
  angular: { allowedConsole: /^log: Angular is running/, before: changeTheme, instead: expectOutcomeEvent },
}
