import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { acceptAndSubmit, type FormPage, typeAnswers } from '../support/pages/form-page.ts'
import { openHostPage } from '../support/pages/host-page.ts'
import { createPerson } from '../support/person.ts'
import { createRandomChoices } from '../support/random-choices.ts'
import { type TestEnvironment, startTestEnvironment } from '../support/test-environment.ts'

const random = createRandomChoices()
let environment: TestEnvironment

beforeAll(async () => {
  environment = await startTestEnvironment()
})

afterAll(() => environment.close())

const english = 'data-locale="en"'

/** The language that a screen reader would use. */
const readLanguage = (form: FormPage): Promise<string> =>
  form.root.evaluate((root) => {
    const tree = root.getRootNode()
    return (tree instanceof ShadowRoot ? tree.host : root).closest('[lang]')?.getAttribute('lang') ?? ''
  })

async function respondWith(form: FormPage, status: number, body: object): Promise<void> {
  await form.page.route('**/leads', (route) => route.fulfill({ status, json: { id: 'any', ...body } }))
  await typeAnswers(form, createPerson(random), 'at once')
  await acceptAndSubmit(form)
}

describe('a form in English', () => {
  it('has every text in English: titles of the preset, issues from the relay and the code step', async () => {
    const form = await openHostPage(environment, { attributes: english })
    expect(await readLanguage(form)).toBe('en')
    expect(await form.root.getAttribute('aria-label')).toBe('Loan application')
    expect(await form.root.getByRole('heading').textContent()).toBe('Amount and term')
    const issues = [{ field: 'phone', code: 'phone-not-mobile', message: 'Нужен мобильный номер' }]
    await respondWith(form, 422, { outcome: 'invalid', issues })
    await form.step('person')
    expect(await form.field('phone').locator('[part=error]').textContent()).toContain('Enter a mobile number')
    await form.page.unroute('**/leads')
    await form.page.route('**/leads', (route) =>
      route.fulfill({ json: { id: 'any', outcome: 'verification', attemptsLeft: 3 } }),
    )
    for (const step of ['passport', 'consents']) {
      await form.action('next').click()
      await form.step(step)
    }
    await form.action('submit').click()
    await form.root.getByLabel('Code from the text message').waitFor()
    // The operator's name and address stay as written.
    const text = (await form.root.innerText()).replace(/ООО.*?д\. 1/, '')
    expect(text).not.toMatch(/[А-Яа-яЁё]/)
    expect(form.consoleMessages.filter((line) => !line.includes('Failed to load resource'))).toEqual([])
    await form.page.close()
  })

  it('is in Russian if its texts do not load, with a warning', async () => {
    const form = await openHostPage(environment, { attributes: english, missing: 'language' })
    expect(await readLanguage(form)).toBe('ru')
    expect(await form.action('next').textContent()).toBe('Продолжить')
    await expect.poll(() => form.consoleMessages.join()).toContain('texts could not be loaded')
    await form.page.close()
  })
})

describe('a form with rare fields', () => {
  const steps = [
    {
      id: 'person',
      title: 'О вас',
      fields: [
        { name: 'snils' },
        { name: 'maritalStatus' },
        { name: 'jobPlace', label: 'Где вы работаете' },
        { name: 'registration' },
      ],
    },
    { id: 'consents', title: 'Согласия', fields: [] },
  ]
  const snilsError = async (form: FormPage): Promise<string | null> => {
    await form.control('snils').fill('123')
    await form.action('next').click()
    return form.field('snils').locator('[part=error]').textContent()
  }

  it('has all labels in Russian after its texts have loaded', async () => {
    const form = await openHostPage(environment, { steps })
    const text = await form.root.innerText()
    for (const words of ['СНИЛС', 'Семейное положение', 'В браке', 'Где вы работаете', 'Адрес регистрации'])
      expect(text).toContain(words)
    expect(text).toContain('Индекс, если знаете')
    expect(await snilsError(form)).toContain('11 цифр, например')
    expect(form.consoleMessages).toEqual([])
    await form.page.close()
  })

  it('is shown without its texts, with names as labels and a warning, and has them once their file comes', async () => {
    const form = await openHostPage(environment, { steps, missing: 'steps' })
    const text = await form.root.innerText()
    for (const words of ['snils', 'married', 'Где вы работаете', 'registration', 'Город или посёлок'])
      expect(text).toContain(words)
    // A second try has another address.
    expect(await snilsError(form)).toContain('11 цифр, например')
    await expect.poll(() => form.consoleMessages.join()).toContain('не удалось загрузить тексты')
    await form.page.close()
  })

  it('prefers the texts of the page', async () => {
    const form = await openHostPage(environment, {
      steps,
      attributes: `data-messages='{ "fields": { "snils": { "label": "Номер СНИЛС" } } }'`,
    })
    const text = await form.root.innerText()
    for (const words of ['Номер СНИЛС', 'Семейное положение', 'Адрес регистрации'])
      expect(text).toContain(words)
    await form.page.close()
  })
})

describe("the page's own texts", () => {
  it('are shown in the form, with warnings about mistyped keys', async () => {
    const messages = {
      next: 'Дальше',
      bcak: 'Обратно',
      step: '{index}/{total}',
      definition: { 'О вас': 'Кто вы' },
    }
    const form = await openHostPage(environment, {
      attributes: `data-messages='${JSON.stringify(messages)}'`,
    })
    expect(await readLanguage(form)).toBe('ru')
    expect(await form.action('next').textContent()).toBe('Дальше')
    expect(await form.root.locator('[part=progress-text]').textContent()).toBe('1/4')
    await form.control('amount').fill('30000')
    await form.control('termDays').fill('30')
    await form.action('next').click()
    await form.step('person')
    expect(await form.root.getByRole('heading').textContent()).toBe('Кто вы')
    await expect
      .poll(() => form.consoleMessages.join('\n'))
      .toContain('bcak: такого текста нет; возможно, «back»?')
    expect(form.consoleMessages).toHaveLength(1)
    await form.page.close()
  })

  it('can come from a file in another language, with Russian for missing texts and a list of them', async () => {
    const form = await openHostPage(environment, {
      attributes: 'data-locale="kk" data-messages="/kk.json"',
      files: { '/kk.json': 'test/journey/support/files/kk.json' },
    })
    expect(await readLanguage(form)).toBe('kk')
    expect(await form.action('next').textContent()).toBe('Жалғастыру')
    expect(await form.root.locator('[part=progress-text]').textContent()).toBe('4 қадамның 1-і')
    expect(await form.field('termDays').locator('[part=label]').textContent()).toBe('Срок, дней')
    await expect.poll(() => form.consoleMessages.join('\n')).toMatch(/языка «kk».*, submit,.*, back,/)
    expect(form.consoleMessages).toHaveLength(1)
    await form.page.close()
  })
})
