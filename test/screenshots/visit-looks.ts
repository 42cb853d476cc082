import type { Page } from 'playwright'

/** Answers of an invented person, by the step that asks for them. */
const answers: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  person: {
    lastName: 'Салтыкова-Щедрина',
    firstName: 'Анна-Мария',
    middleName: 'Александровна',
    birthDate: '01.02.1990',
    phone: '+7 900 000-00-01',
    email: 'anna@example.ru',
  },
  passport: {
    passport: '45 10 000050',
    passportIssuedDate: '01.03.2010',
    passportIssuedCode: '720-001',
    passportIssuedBy: 'УМВД России по Тюменской области',
    region: 'Тюменская область',
    city: 'Тюмень',
  },
}

/**
 * Goes through the form of a page, from its calculator to the result, and calls back on every state: each step as it
 * comes, the errors of the second, and the result.
 */
export async function visitLooks(page: Page, look: (state: string) => Promise<void>): Promise<void> {
  const step = (id: string) => page.locator(`[data-step=${id}]`).waitFor()
  const next = () => page.locator('[data-action=next]').click()
  await page.locator('input[type=range]').first().waitFor()
  await look('calculator')
  await next()
  await step('person')
  await look('person')
  await next()
  await page.locator('[part~=error]').first().waitFor()
  await look('errors')
  for (const [id, texts] of Object.entries(answers)) {
    await step(id)
    if (id !== 'person') await look(id)
    for (const [name, text] of Object.entries(texts))
      await page.locator(`[data-field="${name}"] :is(input, textarea)`).first().fill(text)
    await page.keyboard.press('Tab')
    await look(`${id}-filled`)
    await next()
  }
  await step('consents')
  await look('consents')
  await page.locator('[data-consent=processing] input').check()
  await page.locator('[data-action=submit]').click()
  await step('result')
  await look('result')
}
