import type { Preset } from '../definition.ts'

/** A short application for a microloan: sum and term, the person, the passport, consents. */
export const microloan: Preset = {
  id: 'microloan',
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
        { name: 'birthDate' },
        { name: 'phone' },
        { name: 'email', required: false },
      ],
    },
    {
      id: 'passport',
      title: 'Паспорт',
      fields: [
        { name: 'passport' },
        { name: 'passportIssuedDate' },
        { name: 'passportIssuedCode' },
        { name: 'passportIssuedBy' },
        { name: 'issuePlace' },
      ],
    },
    { id: 'consents', title: 'Согласия', fields: [] },
  ],
}
