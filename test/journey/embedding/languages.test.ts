import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { acceptAndSubmit, type FormPage, typeAnswers } from '../support/pages/form-page.ts'
import { openHostPage } from '../support/pages/host-page.ts'
import { createPerson } from '../support/person.ts'
import { createRandomChoices } from '../support/seeded-random.ts'
import { type TestEnvironment, startTestEnvironment } from '../support/test-environment.ts'

const seeded = createRandomChoices()
let stage: TestEnvironment

beforeAll(async () => {
  stage = await startTestEnvironment()
})

afterAll(() => stage.close())

const english = 'data-locale="en"'

/** The language that a screen reader would speak. */
const readTexts = (form: FormPage): Promise<string> =>
  form.root.evaluate((root) => {
    const tree = root.getRootNode()
    return (tree instanceof ShadowRoot ? tree.host : root).closest('[lang]')?.getAttribute('lang') ?? ''
  })

async function respondWith(form: FormPage, status: number, body: object): Promise<void> {
  await form.page.route('**/leads', (route) => route.fulfill({ status, json: { id: 'any', ...body } }))
  await typeAnswers(form, createPerson(seeded), 'at once')
  await acceptAndSubmit(form)
}

describe('a form in English', () => {
  it('is English as a whole: titles of the preset, what the relay found, the step for the code', async () => {
    const form = await openHostPage(stage, { attributes: english })
    expect(await readTexts(form)).toBe('en')
    expect(await form.root.getAttribute('aria-label')).toBe('Loan application')
    expect(await form.root.getByRole('heading').textContent()).toBe('Amount and term')
    const issues = [{ field: 'phone', code: 'phone-not-mobile', message: 'Нужен мобильный номер' }]
    await respondWith(form, 422, { outcome: 'invalid', issues })
    await form.step('person')
    expect(await form.field('phone').locator('[part=error]').textContent()).toContain(
      'A mobile number is needed',
    )
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
    // Names and addresses are what the operator wrote.
    const text = (await form.root.innerText()).replace(/ООО.*?д\. 1/, '')
    expect(text).not.toMatch(/[А-Яа-яЁё]/)
    expect(form.consoleMessages.filter((line) => !line.includes('Failed to load resource'))).toEqual([])
    await form.page.close()
  })

  it('is Russian, and tells the author, where its texts do not load', async () => {
    const form = await openHostPage(stage, { attributes: english, missing: 'language' })
    expect(await readTexts(form)).toBe('ru')
    expect(await form.action('next').textContent()).toBe('Продолжить')
    expect(form.consoleMessages.join()).toContain('texts could not be loaded')
    await form.page.close()
  })
})

describe('a form that asks what few forms ask', () => {
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
  const remarkAtSnils = async (form: FormPage): Promise<string | null> => {
    await form.control('snils').fill('123')
    await form.action('next').click()
    return form.field('snils').locator('[part=error]').textContent()
  }

  it('says so in Russian, all of it, once that has loaded', async () => {
    const form = await openHostPage(stage, { steps })
    const text = await form.root.innerText()
    for (const words of ['СНИЛС', 'Семейное положение', 'В браке', 'Где вы работаете', 'Адрес регистрации'])
      expect(text).toContain(words)
    expect(text).toContain('Индекс, если знаете')
    expect(await remarkAtSnils(form)).toContain('11 цифр СНИЛС')
    expect(form.consoleMessages).toEqual([])
    await form.page.close()
  })

  it('works without, with names in place of labels, and tells the author', async () => {
    const form = await openHostPage(stage, { steps, missing: 'russian' })
    const text = await form.root.innerText()
    for (const words of ['snils', 'married', 'Где вы работаете', 'registration', 'Город или посёлок'])
      expect(text).toContain(words)
    expect(await remarkAtSnils(form)).toBe('Заполните это поле')
    expect(form.consoleMessages.join()).toContain('texts could not be loaded')
    await form.page.close()
  })

  it('says it in the words of the page, where that has some', async () => {
    const form = await openHostPage(stage, {
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
  it('stand in the form, and the author is told of slips', async () => {
    const messages = {
      next: 'Дальше',
      bcak: 'Обратно',
      step: '{index}/{total}',
      definition: { 'О вас': 'Кто вы' },
    }
    const form = await openHostPage(stage, { attributes: `data-messages='${JSON.stringify(messages)}'` })
    expect(await readTexts(form)).toBe('ru')
    expect(await form.action('next').textContent()).toBe('Дальше')
    expect(await form.root.locator('[part=progress-text]').textContent()).toBe('1/4')
    await form.control('amount').fill('30000')
    await form.control('termDays').fill('30')
    await form.action('next').click()
    await form.step('person')
    expect(await form.root.getByRole('heading').textContent()).toBe('Кто вы')
    expect(form.consoleMessages.join('\n')).toContain('bcak: there is no such text, did you mean "back"?')
    expect(form.consoleMessages).toHaveLength(1)
    await form.page.close()
  })

  it('may come from a file, in a language that the form has not; what it lacks is Russian, and listed', async () => {
    const form = await openHostPage(stage, {
      attributes: 'data-locale="kk" data-messages="/kk.json"',
      files: { '/kk.json': 'test/journey/support/files/kk.json' },
    })
    expect(await readTexts(form)).toBe('kk')
    expect(await form.action('next').textContent()).toBe('Жалғастыру')
    expect(await form.root.locator('[part=progress-text]').textContent()).toBe('4 қадамның 1-і')
    expect(await form.field('termDays').locator('[part=label]').textContent()).toBe('Срок, дней')
    expect(form.consoleMessages.join('\n')).toMatch(/the language "kk".*back, submit/)
    expect(form.consoleMessages).toHaveLength(1)
    await form.page.close()
  })
})
