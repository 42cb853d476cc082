import type { Condition } from '../condition.ts'
import type { Preset } from '../definition.ts'

/** Not "unemployed" (6), "student" (7) nor "pensioner" (8): there is a place of work to ask for. */
const isEmployed: Condition = { field: 'employment', oneOf: [1, 2, 3, 4, 5] }

/**
 * What campaigns of Admitad's for microloans usually want. What else the chosen ones insist on, the relay adds from their
 * settings.
 */
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
      // Department codes, postal indexes and codes of places are not among the parameters.
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
