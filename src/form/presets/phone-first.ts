import type { Preset } from '../definition.ts'
import { passportStep, personStep } from './shared-steps.ts'

/** What `microloan` asks, the phone and the consents first: an early lead can be stored after them. */
export const phoneFirstPreset: Preset = {
  id: 'phone-first',
  title: 'Заявка на заём',
  consentsAt: 'phone',
  steps: [
    { id: 'phone', title: 'Ваш телефон', fields: [{ name: 'phone' }] },
    {
      id: 'loan',
      title: 'Сумма и срок',
      fields: [
        { name: 'amount', minimum: 1000, maximum: 100_000 },
        { name: 'termDays', minimum: 1, maximum: 365 },
      ],
    },
    { ...personStep, fields: personStep.fields.filter(({ name }) => name !== 'phone') },
    passportStep,
    { id: 'review', title: 'Проверьте ответы', kind: 'review', fields: [] },
  ],
}
