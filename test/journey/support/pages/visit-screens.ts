import { expect } from 'vitest'
import type { FormPage } from './form-page.ts'
import type { Person } from '../person.ts'

/** Goes through a form, with and without errors, and calls `check` on every screen. */
export async function visitScreens(
  form: FormPage,
  person: Person,
  check: (screen: string) => Promise<void>,
): Promise<void> {
  await form.page.route('**/leads', (route) => route.fulfill({ json: { id: 'any', outcome: 'accepted' } }))
  await form.step('loan')
  await form.action('next').click()
  await form.root.locator('[part=error]').first().waitFor()
  await check('loan-errors')
  await form.control('amount').fill('30000')
  await form.control('termDays').fill('30')
  await form.action('next').click()

  await form.step('person')
  await form.control('lastName').fill('Bdfyjd')
  await form.control('firstName').fill(person.firstName)
  await form.control('noMiddleName').check()
  await form.control('birthDate').fill(person.birthday)
  await form.control('phone').fill(`+790000000${person.phoneEnd}`)
  await form.control('phone').blur()
  await form.root.locator('[part=suggestion]').waitFor()
  await check('person-suggestion')
  await form.root.locator('[part=suggestion]').click()
  await form.action('next').click()

  await form.step('passport')
  await form.control('passport').fill(person.passportSeries + person.passportNumber)
  await form.control('passportIssuedDate').fill(person.passportIssuedDate)
  await form.control('passportIssuedCode').fill(person.passportIssuedCode)
  await form.control('passportIssuedBy').fill(person.passportIssuedBy)
  await form.control('city').click()
  await form.control('city').pressSequentially('Киров')
  await form.page.keyboard.press('ArrowDown')
  await expect.poll(() => form.root.locator('[role=option]').count()).toBe(2)
  await check('passport-list')
  await form.page.keyboard.press('Enter')
  await form.action('next').click()

  await form.step('consents')
  await form.action('submit').click()
  await form.root.locator('[part=error]').first().waitFor()
  await form.consent('processing').check()
  await check('consents-errors')
  await form.consent('transfer').check()
  await form.action('submit').click()
  await form.status('accepted')
  await check('accepted')
}
