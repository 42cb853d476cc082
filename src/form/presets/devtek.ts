import type { Preset } from '../definition.ts'
import { isEmployed, passportStep, personStep } from './shared-steps.ts'

/** Every parameter of Devtek's new-lead. */
export const devtekPreset: Preset = {
  id: 'devtek',
  title: 'Заявка на заём',
  steps: [
    {
      id: 'loan',
      title: 'Сумма и срок',
      fields: [
        { name: 'amount', minimum: 1000, maximum: 1_000_000 },
        { name: 'termDays', minimum: 1, maximum: 365 },
        { name: 'creditHistory', required: false },
        { name: 'deposit', required: false },
      ],
    },
    personStep,
    passportStep,
    { id: 'address', title: 'Адрес', fields: [{ name: 'registration' }] },
    {
      id: 'job',
      title: 'Работа',
      fields: [
        { name: 'employment' },
        { name: 'jobPlace', when: isEmployed },
        { name: 'jobPosition', when: isEmployed },
        { name: 'jobExperienceMonths', when: isEmployed },
        { name: 'jobPhone', required: false, when: isEmployed },
        { name: 'jobLocation', required: false, when: isEmployed },
        { name: 'jobIncome', when: { not: { field: 'employment', oneOf: [6, 7] } } },
      ],
    },
    { id: 'consents', title: 'Согласия', fields: [] },
  ],
}
