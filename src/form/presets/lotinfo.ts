import type { Preset } from '../definition.ts'
import { passportStep } from './shared-steps.ts'

/** What Lotinfo stores about a client, and the loan, which it stores as a comment. */
export const lotinfoPreset: Preset = {
  id: 'lotinfo',
  title: 'Заявка на заём',
  steps: [
    {
      id: 'loan',
      title: 'Сумма и срок',
      fields: [
        { name: 'amount', minimum: 1000, maximum: 1_000_000 },
        { name: 'termDays', minimum: 1, maximum: 365 },
      ],
    },
    {
      id: 'person',
      title: 'О вас',
      fields: [
        { name: 'lastName' },
        { name: 'firstName' },
        { name: 'middleName' },
        { name: 'gender' },
        { name: 'birthDate' },
        { name: 'maritalStatus', required: false },
      ],
    },
    {
      id: 'contact',
      title: 'Как с вами связаться',
      fields: [
        { name: 'phone' },
        { name: 'homePhone', required: false },
        { name: 'email', required: false },
        { name: 'comment', required: false },
      ],
    },
    {
      ...passportStep,
      fields: [
        ...passportStep.fields.filter(({ name }) => name !== 'issuePlace'),
        { name: 'birthPlace' },
        { name: 'snils', required: false },
        // Lotinfo needs a city for a loan, not for a client.
        { name: 'issuePlace', required: false },
      ],
    },
    { id: 'address', title: 'Адрес', fields: [{ name: 'registration' }, { name: 'residence' }] },
    { id: 'consents', title: 'Согласия', fields: [] },
  ],
}
