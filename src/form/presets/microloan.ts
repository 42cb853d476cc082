import type { Preset } from '../definition.ts'
import { passportStep, personStep } from './shared-steps.ts'

/** A short application for a microloan: amount and term, the person, the passport, consents. */
export const microloanPreset: Preset = {
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
    personStep,
    passportStep,
    { id: 'consents', title: 'Согласия', fields: [] },
  ],
}
