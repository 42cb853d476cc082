import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectAccessible } from '../support/pages/axe.ts'
import { type FormPage, openForm } from '../support/pages/form-page.ts'
import { monitorPage } from '../support/pages/monitor-page.ts'
import { type TestEnvironment, startTestEnvironment } from '../support/test-environment.ts'

const adminToken = 'invented-operator-token-0123456789'
const names = [
  'ОТДЕЛОМ УФМС РОССИИ ПО ВЫДУМАННОЙ ОБЛАСТИ В ВЫМЫШЛЕННОМ РАЙОНЕ',
  'ОВД ВЫМЫШЛЕННОГО РАЙОНА ВЫДУМАННОЙ ОБЛАСТИ',
]
let environment: TestEnvironment

beforeAll(async () => {
  environment = await startTestEnvironment({ adminToken })
})

afterAll(() => environment.close())

/** Opens the form at the passport, and records what is asked of the departments: the method, the query and the body. */
async function openPassport(prepare: (form: FormPage['page']) => Promise<unknown> = async () => undefined) {
  const page = await environment.browser.newPage({ viewport: { width: 360, height: 740 } })
  const { exceptions } = monitorPage(page)
  const asked: string[] = []
  page.on('request', (request) => {
    const { pathname, search } = new URL(request.url())
    if (pathname.endsWith('/departments'))
      asked.push(`${request.method()} ${search}${request.postData() ?? ''}`)
  })
  await prepare(page)
  const form = await openForm(page, environment.demo().url)
  await form.control('amount').fill('30000')
  await form.control('termDays').fill('30')
  await form.action('next').click()
  await form.step('person')
  const answers = { lastName: 'Вымыслова', firstName: 'Анна', birthDate: '01.02.1990', phone: '+79000000007' }
  for (const [name, text] of Object.entries(answers)) await form.control(name).fill(text)
  await form.control('noMiddleName').check()
  await form.action('next').click()
  await form.step('passport')
  await form.control('passport').fill('7210000050')
  await form.control('passportIssuedDate').fill('01.02.2011')
  return { ...form, asked, exceptions }
}

describe('a relay without a directory', () => {
  it('is asked for nothing', async () => {
    const form = await openPassport()
    await form.control('passportIssuedCode').pressSequentially('720001')
    await form.control('passportIssuedBy').pressSequentially('ОВД')
    expect(form.asked).toEqual([])
    await form.page.close()
  })
})

describe('a relay with an imported directory', () => {
  beforeAll(async () => {
    const answer = await fetch(`${environment.demo().url}/admin/departments`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${adminToken}` },
      body: JSON.stringify({ departments: { '720-001': names, '720-002': [names[1]] } }),
    })
    if (!answer.ok) throw new Error(`The import was answered ${answer.status}`)
  })

  it('is asked for the code once, and the keyboard alone chooses a name', async () => {
    const form = await openPassport()
    const { keyboard } = form.page
    await form.control('passportIssuedCode').pressSequentially('720001')
    await form.field('passportIssuedBy').getByRole('button').waitFor()
    await keyboard.press('Tab')
    await form.field('passportIssuedBy').getByRole('option').first().waitFor()
    expect(await form.field('passportIssuedBy').getByRole('option').allTextContents()).toEqual(names)
    await expectAccessible(form.page, 'departments')
    await keyboard.press('ArrowDown')
    await keyboard.press('Enter')
    expect(await form.control('passportIssuedBy').inputValue()).toBe(names[0])
    expect(form.asked).toEqual(['POST {"code":"720-001"}'])
    expect(form.exceptions).toEqual([])
    await form.page.close()
  })

  it('offers the only name with a button', async () => {
    const form = await openPassport()
    await form.control('passportIssuedCode').pressSequentially('720002')
    const offer = form.field('passportIssuedBy').getByRole('button')
    await offer.waitFor()
    await expectAccessible(form.page, 'department-offer')
    await offer.click()
    expect(await form.control('passportIssuedBy').inputValue()).toBe(names[1])
    await form.page.close()
  })

  it('that does not answer or fails leaves the field alone, and the next step is reached', async () => {
    for (const status of [undefined, 503]) {
      const form = await openPassport((page) =>
        page.route('**/departments', (route) =>
          status === undefined ? undefined : route.fulfill({ status }),
        ),
      )
      await form.control('passportIssuedCode').pressSequentially('720001')
      await form.control('passportIssuedBy').pressSequentially('Отделом внутренних дел')
      await expect.poll(() => form.asked).toEqual(['POST {"code":"720-001"}'])
      await form.control('region').fill('Тюменская область')
      await form.control('city').fill('Тюмень')
      // Leaves the list of cities, which would lie over the button.
      await form.page.keyboard.press('Tab')
      await form.action('next').click()
      await expect.poll(() => form.root.getAttribute('data-step')).not.toBe('passport')
      expect(form.exceptions).toEqual([])
      await form.page.close()
    }
  })
})
