// Written like the tests of a host's own page, with public entries only.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { mount } from '../../src/entries/index.ts'
import { createFakeRelay, driveForm, type FakeRelay, type FormDriver } from '../../src/entries/testing.ts'

let relay: FakeRelay
let uninstall: () => void
let element: HTMLElement

beforeEach(() => {
  relay = createFakeRelay({ definition: 'microloan', places: { 'Тюменская область': ['Тюмень'] } })
  uninstall = relay.install()
  element = document.createElement('div')
  document.body.append(element)
})
afterEach(() => {
  uninstall()
  element.remove()
})

/** Opens a page with the form, as a host would. */
async function openPage(shadow: boolean): Promise<FormDriver & { readonly outcomes: string[] }> {
  const outcomes: string[] = []
  const form = mount(element, {
    relay: 'https://leads.example.ru/forms/main',
    shadow,
    channel: 'vk',
    onOutcome: ({ outcome }) => outcomes.push(outcome),
  })
  await form.ready
  return { ...driveForm(element), outcomes }
}

async function fillIn(form: FormDriver): Promise<void> {
  await form.step('loan')
  await form.fill({ amount: 30_000, termDays: '30' })
  form.press('next')
  await form.step('person')
  await form.fill({ lastName: 'Примерова', firstName: 'Анна', noMiddleName: true })
  await form.fill({ birthDate: '17.05.1990', phone: '8 900 000-00-01' })
  form.press('next')
  await form.step('passport')
  await form.fill({ passport: '4510 000050', passportIssuedDate: '2011-06-01', passportIssuedCode: '770001' })
  await form.fill({ passportIssuedBy: 'ГУ МВД России по г. Москве', city: 'Тюмень' })
  form.press('next')
  await form.step('consents')
  form.agree('processing')
  form.press('submit')
}

it.each([true, false])(
  'a host tests its page from the first field to the answer (shadow: %s)',
  async (shadow) => {
    const form = await openPage(shadow)
    await fillIn(form)
    await form.status('accepted')
    expect(form.outcomes).toEqual(['accepted'])
    expect(relay.leads).toHaveLength(1)
    expect(relay.leads[0]).toMatchObject({
      values: {
        amount: 30_000,
        termDays: 30,
        lastName: 'Примерова',
        noMiddleName: true,
        birthDate: '1990-05-17',
        phone: '+79000000001',
        passportSeries: '4510',
        passportIssuedDate: '2011-06-01',
        city: 'Тюмень',
      },
      consents: [{ id: 'processing' }],
      attribution: { channel: 'vk' },
    })
  },
)

it('a host tests a field that is refused and a code that is wrong', async () => {
  const message = 'Введите правильный номер телефона'
  relay.answer(
    { outcome: 'invalid', issues: [{ field: 'phone', message }] },
    'verification',
    { outcome: 'verification', issues: [{ field: 'code', code: 'wrong-code' }], attemptsLeft: 2 },
    'accepted',
  )
  const form = await openPage(true)
  await fillIn(form)
  await form.step('person')
  expect(form.message('phone')).toContain(message)
  await form.fill({ phone: '+79000000002' })
  for (const step of ['passport', 'consents']) {
    form.press('next')
    await form.step(step)
  }
  form.press('submit')
  await form.step('verification')
  await form.fill({ code: '1111' })
  form.press('confirm')
  await expect.poll(() => form.message('code')).toBeTruthy()
  await form.fill({ code: '1234' })
  form.press('confirm')
  await form.status('accepted')
  expect(relay.codes).toEqual(['1111', '1234'])
  expect(relay.leads.map(({ values }) => values['phone'])).toEqual(['+79000000001', '+79000000002'])
})

it('a test that times out reports the step and the status of the form', async () => {
  await openPage(true)
  const form = driveForm(element, { timeoutMs: 50 })
  form.press('next')
  await expect(form.step('person')).rejects.toThrow(
    'the form did not show [data-step="person"] in time; it is at step "loan", status "filling", to be corrected: amount, termDays',
  )
  await expect(form.fill({ snils: '1' })).rejects.toThrow('the form did not show [data-field="snils"]')
})
