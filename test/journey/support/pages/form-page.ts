import type { Locator, Page } from 'playwright'
import type { Person } from '../person.ts'

/** The form on a page, found by the widget's documented test hooks. */
export interface FormPage {
  readonly page: Page
  readonly root: Locator
  /** The control of a field or of a part of a composite. */
  control(name: string): Locator
  field(name: string): Locator
  consent(id: string): Locator
  action(name: 'next' | 'back' | 'submit' | 'retry' | 'confirm' | 'change' | 'give-up'): Locator
  /** Waits for a step. */
  step(id: string): Promise<void>
  /** Waits for a status. */
  status(name: string): Promise<void>
}

/** Opens a page and waits for its form. */
export async function openForm(page: Page, url: string): Promise<FormPage> {
  await page.goto(url)
  const root = page.locator('[data-anketa] [data-step]')
  await root.waitFor()
  const field = (name: string): Locator => root.locator(`[data-field="${name}"]`)
  return {
    page,
    root,
    field,
    control: (name) => field(name).locator('input, textarea, select').first(),
    consent: (id) => root.locator(`[data-consent="${id}"] input`),
    action: (name) => root.locator(`[data-action="${name}"]`),
    step: (id) => page.locator(`[data-anketa] [data-step="${id}"]`).waitFor(),
    status: (name) => page.locator(`[data-anketa] [data-status="${name}"]`).waitFor({ timeout: 30_000 }),
  }
}

/** Types a person's answers step by step on the keyboard, or `at once` as autofill does, up to the consents. */
export async function typeAnswers(form: FormPage, person: Person, how?: 'at once'): Promise<void> {
  const type = async (name: string, text: string): Promise<void> => {
    if (how) return form.control(name).fill(text)
    await form.control(name).click()
    await form.page.keyboard.press('Control+A')
    await form.page.keyboard.press('Delete')
    await form.control(name).pressSequentially(text)
  }
  await form.step('loan')
  await type('amount', String(person.amount))
  await type('termDays', String(person.termDays))
  await form.action('next').click()

  await form.step('person')
  await type('lastName', person.lastName)
  await type('firstName', person.firstName)
  if (person.middleName === undefined) await form.control('noMiddleName').check()
  else await type('middleName', person.middleName)
  await type('birthDate', person.birthday)
  await type('phone', `8900000${person.phoneEnd.padStart(4, '0')}`)
  if (person.email !== undefined) await type('email', person.email)
  await form.page.keyboard.press('Enter')

  await form.step('passport')
  await type('passport', person.passportSeries + person.passportNumber)
  await type('passportIssuedDate', person.passportIssuedDate.replaceAll('.', ''))
  await type('passportIssuedCode', person.passportIssuedCode)
  await type('passportIssuedBy', person.passportIssuedBy)
  await type('city', person.city)
  // The open list covers the button.
  await form.page.keyboard.press('Tab')
  await form.action('next').click()
  await form.step('consents')
}

/** Ticks the required consents and submits the application. */
export async function acceptAndSubmit(form: FormPage): Promise<void> {
  await form.consent('processing').check()
  await form.consent('transfer').check()
  await form.action('submit').click()
}
