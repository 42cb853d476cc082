import { expect } from 'vitest'
import { fullAnswers } from '../expected-devtek-body.ts'
import type { Person } from '../person.ts'
import type { FormPage } from './form-page.ts'

/** Answers of the lender, in the order in which they come. */
const answers = [
  { status: 503, json: { error: { code: 'not-stored' } } },
  {
    status: 422,
    json: { id: 'any', outcome: 'invalid', issues: [{ field: '', message: 'Попробуйте позже' }] },
  },
  { status: 200, json: { id: 'any', outcome: 'accepted' } },
]

/**
 * Goes through the form with every field, and calls `check` in every state: each step empty, with errors and filled in,
 * the open lists, a suggestion, a failure, a message of the lender, and the result.
 */
export async function visitFullForm(
  form: FormPage,
  person: Person,
  check: (state: string) => Promise<void>,
): Promise<void> {
  let sent = 0
  await form.page.route('**/leads', (route) => {
    sent += 1
    return route.fulfill(answers[sent - 1] ?? {})
  })
  /** Checks a step as it appears, and with its errors. */
  const start = async (step: string, action: 'next' | 'submit' = 'next'): Promise<void> => {
    await form.step(step)
    await check(step)
    await form.action(action).click()
    await form.root.locator('[part=error]').first().waitFor()
    await check(`${step}-errors`)
  }
  const fill = async (texts: Readonly<Record<string, string | number>>): Promise<void> => {
    for (const [name, text] of Object.entries(texts)) await form.control(name).fill(String(text))
  }
  const finish = async (step: string): Promise<void> => {
    // The open list of places covers the button.
    await form.page.keyboard.press('Tab')
    await check(`${step}-filled`)
    await form.action('next').click()
  }
  /** Types into a combobox, and checks its list with an option that is active. */
  const openList = async (name: string, text: string, state: string, options: number): Promise<void> => {
    await form.control(name).click()
    await form.control(name).pressSequentially(text)
    await expect.poll(() => form.root.locator('[role=option]').count()).toBe(options)
    await form.page.keyboard.press('ArrowDown')
    await check(state)
  }

  await start('loan')
  await fill({ amount: person.amount, termDays: person.termDays })
  await finish('loan')

  await start('person')
  await fill({
    lastName: 'Bdfyjd',
    firstName: person.firstName,
    middleName: 'Иванович',
    birthDate: person.birthday,
    phone: `+790000000${person.phoneEnd}`,
  })
  await form.control('phone').blur()
  await check('person-suggestion')
  await form.root.locator('[part=suggestion]').click()
  await finish('person')

  await start('passport')
  await fill({
    passport: person.passportSeries + person.passportNumber,
    passportIssuedDate: person.passportIssuedDate,
    passportIssuedCode: person.passportIssuedCode,
    passportIssuedBy: person.passportIssuedBy,
  })
  await openList('city', 'Киров', 'passport-list', 2)
  await form.page.keyboard.press('Escape')
  await fill({ city: '' })
  await openList('city', 'Красно', 'passport-long-option', 1)
  await form.page.keyboard.press('Escape')
  await fill({ city: 'Йййй' })
  await form.root.locator('[part=listbox-empty]').waitFor()
  await check('passport-nothing')
  await fill({ region: 'Тюменская область', city: 'Тюмень' })
  await finish('passport')

  await start('address')
  await fill(fullAnswers.address)
  await finish('address')

  await start('job')
  await form.control('employment').selectOption('4')
  await fill(fullAnswers.job)
  await finish('job')

  await start('consents', 'submit')
  await form.consent('processing').check()
  await form.consent('transfer').check()
  await form.action('submit').click()
  await form.status('failed')
  await check('failed')
  await form.action('retry').click()
  await form.root.getByText('Попробуйте позже').waitFor()
  await check('lender-message')
  await form.root.locator('[data-action=submit], [data-action=retry]').click()
  await form.status('accepted')
  await check('result')
}
