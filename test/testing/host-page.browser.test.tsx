// As the tests of a host's own page would be written: nothing but what npm offers.
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

/** A page with the form, in the way that a host would have it. */
async function openPage(shadow: boolean): Promise<FormDriver & { readonly heard: string[] }> {
  const heard: string[] = []
  const form = mount(element, {
    relay: 'https://leads.example.ru/forms/main',
    shadow,
    channel: 'vk',
    onOutcome: ({ outcome }) => heard.push(outcome),
  })
  await form.ready
  return { ...driveForm(element), heard }
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
    expect(form.heard).toEqual(['accepted'])
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

it('a host sees what its page does when a field is refused, a code is asked for, or nobody answers', async () => {
  const words = 'Введите правильный номер телефона'
  relay.answer(
    { outcome: 'invalid', issues: [{ field: 'phone', message: words }] },
    'verification',
    { outcome: 'verification', issues: [{ field: 'code', code: 'wrong-code' }], attemptsLeft: 2 },
    'accepted',
  )
  const form = await openPage(true)
  await fillIn(form)
  await form.step('person')
  expect(form.remark('phone')).toContain(words)
  await form.fill({ phone: '+79000000002' })
  for (const step of ['passport', 'consents']) {
    form.press('next')
    await form.step(step)
  }
  form.press('submit')
  await form.step('verification')
  await form.fill({ code: '1111' })
  form.press('confirm')
  await expect.poll(() => form.remark('code')).toBeTruthy()
  await form.fill({ code: '1234' })
  form.press('confirm')
  await form.status('accepted')
  expect(relay.codes).toEqual(['1111', '1234'])
  expect(relay.leads.map(({ values }) => values['phone'])).toEqual(['+79000000001', '+79000000002'])
})

it('a test that waits in vain is told where the form stands', async () => {
  await openPage(true)
  const form = driveForm(element, { timeoutMs: 50 })
  form.press('next')
  await expect(form.step('person')).rejects.toThrow(
    'the form came to show no [data-step="person"]; it is at step "loan", status "filling", to be corrected: amount, termDays',
  )
  await expect(form.fill({ snils: '1' })).rejects.toThrow('the form came to show no [data-field="snils"]')
})
