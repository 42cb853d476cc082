import type { FormInput } from '../../../../src/form/define-form.ts'
import type { FormPage } from '../pages/form-page.ts'
import { applicant, mistakes } from './applicant.ts'

/** Every field that a person can fill in, in steps. */
export const leakForm = {
  id: 'main',
  steps: [
    {
      id: 'loan',
      title: 'Заём',
      fields: [
        { name: 'amount', minimum: 1000, maximum: 100_000 },
        'termDays',
        'creditHistory',
        'deposit',
        'purpose',
        'productType',
        'comment',
        { name: 'custom.note', label: 'Примечание' },
        {
          name: 'custom.card',
          label: 'Карта',
          options: [
            { value: 'да', label: 'Есть' },
            { value: 'нет', label: 'Нет' },
          ],
        },
      ],
    },
    {
      id: 'person',
      title: 'О вас',
      fields: [
        'lastName',
        'firstName',
        'middleName',
        'gender',
        'birthDate',
        'birthPlace',
        'maritalStatus',
        'phone',
        'homePhone',
        'email',
        'emailSecond',
        'callTime',
        'snils',
        'inn',
      ],
    },
    {
      id: 'passport',
      title: 'Паспорт',
      fields: [
        'passport',
        'passportIssuedDate',
        'passportIssuedCode',
        'passportIssuedBy',
        'passportExpirationDate',
        'issuePlace',
      ],
    },
    { id: 'address', title: 'Адрес', fields: ['registration', 'residence'] },
    {
      id: 'job',
      title: 'Работа',
      fields: [
        'employment',
        'jobPlace',
        'jobPosition',
        'jobIncome',
        'jobExperienceMonths',
        'jobStartDate',
        'jobPhone',
        'jobAddress',
        'jobLocation',
        'guarantorName',
        'guarantorType',
        'guarantorPhone',
      ],
    },
    { id: 'consents', title: 'Согласия', fields: [] },
  ],
} as const satisfies FormInput

/** What is no mark: a choice, a number of few digits, or a place of the list. */
const otherTexts: Readonly<Record<string, string>> = {
  termDays: '30',
  jobExperienceMonths: '31',
  city: 'Севастополь',
}

/** Chooses the options, makes the mistakes and corrects them, step by step, up to the consents. */
export async function fillLeakForm(form: FormPage, afterStep: () => Promise<void>): Promise<void> {
  const { page } = form
  const enter = async (texts: Readonly<Record<string, string>>): Promise<void> => {
    for (const [name, text] of Object.entries(texts)) await form.control(name).fill(text)
    // The open list of places covers the button.
    await page.keyboard.press('Tab')
  }
  const leave = async (): Promise<void> => {
    await afterStep()
    await form.action('next').click()
  }

  await form.step('loan')
  await form.control('creditHistory').selectOption('2')
  await form.control('deposit').selectOption('3')
  await form.field('custom.card').getByText('Есть').click()
  await enter(typedIn('amount', 'purpose', 'productType', 'comment', 'custom.note'))
  await enter({ termDays: '30' })
  await leave()

  await form.step('person')
  await form.field('gender').getByText('Женский').click()
  await form.field('maritalStatus').locator('input').first().check()
  await enter(typedIn(...stepTexts('person')))
  for (const name of ['phone', 'email', 'lastName', 'snils']) {
    await form.control(name).fill(mistakes[name]?.typed ?? '')
    await form.control(name).blur()
  }
  await form.action('next').click()
  await form.root.locator('[part=error]').first().waitFor()
  for (const name of ['email', 'lastName']) await form.field(name).locator('[part=suggestion]').click()
  await enter(typedIn('phone', 'email', 'lastName', 'snils'))
  await leave()

  await form.step('passport')
  await enter(typedIn(...stepTexts('passport')))
  await enter({ city: 'Севастополь' })
  await leave()

  await form.step('address')
  await enter(typedIn(...stepTexts('address')))
  await leave()

  await form.step('job')
  await form.control('employment').selectOption('1')
  await enter(typedIn(...stepTexts('job')))
  await enter({ jobExperienceMonths: '31' })
  await leave()
  await form.step('consents')
}

/** What the applicant types into fields. */
function typedIn(...names: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const text = applicant[name]?.typed ?? otherTexts[name]
      return text === undefined ? [] : [[name, text]]
    }),
  )
}

const prefixes = { passport: /^passport/, address: /^(?:registration|residence)/, job: /^(?:job|guarantor)/ }

function stepTexts(step: 'person' | keyof typeof prefixes): readonly string[] {
  if (step === 'person') return leakForm.steps[1].fields.filter((name) => Object.hasOwn(applicant, name))
  return Object.keys(applicant).filter((name) => prefixes[step].test(name))
}
