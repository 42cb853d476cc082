import type { Preset } from '../definition.ts'
import { isEmployed } from './shared-steps.ts'

/** What Admitad's microloan campaigns usually require. The relay adds what else the chosen campaigns' settings require. */
export const admitadPreset: Preset = {
  id: 'admitad',
  title: 'Заявка на заём',
  steps: [
    {
      id: 'loan',
      title: 'Сумма и срок',
      fields: [
        { name: 'amount', minimum: 1000, maximum: 100_000 },
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
        { name: 'phone' },
        { name: 'email' },
      ],
    },
    {
      id: 'passport',
      title: 'Паспорт',
      // Admitad has no parameters for department codes, postal indexes and codes of places.
      fields: [
        { name: 'passport' },
        { name: 'passportIssuedDate' },
        { name: 'passportIssuedBy' },
        { name: 'birthPlace' },
        { name: 'inn', required: false },
      ],
    },
    { id: 'address', title: 'Адрес', fields: [{ name: 'registration' }, { name: 'residence' }] },
    {
      id: 'job',
      title: 'Работа',
      fields: [
        { name: 'employment' },
        { name: 'jobPlace', when: isEmployed },
        { name: 'jobPosition', when: isEmployed },
        { name: 'jobPhone', required: false, when: isEmployed },
        { name: 'jobIncome', when: { not: { field: 'employment', oneOf: [6, 7] } } },
        { name: 'creditHistory', required: false },
      ],
    },
    { id: 'consents', title: 'Согласия', fields: [] },
  ],
}
