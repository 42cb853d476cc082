import { afterAll, beforeAll, expect, it } from 'vitest'
import { createFiveCrmSandbox } from '../../../demo/sandbox/fivecrm/sandbox.ts'
import type { FormInput } from '../../../src/form/define-form.ts'
import { expectAccessible } from '../support/pages/axe.ts'
import { openForm } from '../support/pages/form-page.ts'
import { serveSandbox } from '../support/serve-sandbox.ts'
import { renderContainer, createCustomPage } from '../support/pages/custom-page.ts'
import { type TestEnvironment, startTestEnvironment } from '../support/test-environment.ts'

const fivecrm = createFiveCrmSandbox({
  publicToken: 'public',
  secretToken: 'secret',
  now: () => new Date(),
})
let environment: TestEnvironment
let sandbox: Awaited<ReturnType<typeof serveSandbox>>

beforeAll(async () => {
  environment = await startTestEnvironment()
  sandbox = await serveSandbox(fivecrm.app)
})

afterAll(async () => {
  sandbox.close()
  await environment.close()
})

const when = ['Утром', 'Днём', 'Вечером', 'В выходные', 'Всё равно']
const form: FormInput = {
  id: 'main',
  steps: [
    {
      id: 'contact',
      title: 'Как с вами связаться',
      fields: [
        'firstName',
        'phone',
        { name: 'custom.f_1', label: 'Цель займа', hint: 'Одним словом' },
        {
          name: 'custom.f_7',
          label: 'Удобное время звонка',
          hint: 'По московскому времени',
          options: when.map((label, index) => ({ value: index + 1, label })),
        },
        {
          name: 'custom.f_8',
          label: 'Карта этого банка',
          hint: 'Подойдёт и закрытая',
          required: false,
          options: [
            { value: 'да', label: 'Есть' },
            { value: 'нет', label: 'Нет' },
          ],
        },
        { name: 'custom.f_9', required: false },
      ],
    },
  ],
}

it.each([360, 1280])('custom fields of a page, at %i px, reach the fields of 5CRM', async (width) => {
  fivecrm.clear()
  const { url } = environment.demo()
  const body = renderContainer({
    form,
    operator: { name: 'ООО «Пример»' },
    'policy-url': `${url}/documents/policy.html`,
    'consent-url': `${url}/documents/processing-2026-09-01.html`,
    'consent-version': '2026-09-01',
    provider: 'fivecrm',
    'provider-base-url': sandbox.url,
    'provider-method': 'deal',
    'provider-public-token': 'public',
    'value-custom.f_9': 'с лендинга',
    values: { 'custom.f_8': 'нет' },
  })
  const custom = await createCustomPage(environment, body, undefined, width)
  const page = await openForm(custom.page, custom.url)
  await page.control('firstName').fill('Ынна')
  await page.control('phone').fill('9000000045')
  await page.consent('processing').check()
  await page.action('submit').click()
  await page.field('custom.f_7').getByText('Выберите один из вариантов').waitFor()
  await expectAccessible(custom.page, `${width}-custom-fields`)
  await page.control('custom.f_1').fill('ремонт')
  await page.control('custom.f_7').selectOption({ label: 'Вечером' })
  await page.action('submit').click()
  await page.status('accepted')
  expect(fivecrm.received()).toMatchObject([
    { status: 200, body: { f_1: 'ремонт', f_7: '3', f_8: 'нет', f_9: 'с лендинга' } },
  ])
  expect(custom.consoleMessages.filter((line) => !line.includes('404'))).toEqual([])
  await custom.page.close()
})
