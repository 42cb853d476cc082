import type { FormDefinition } from '../src/form/definition.ts'
import { microloanPreset } from '../src/form/presets/microloan.ts'

/** A microloan that begins with a calculator. Its costs are invented. */
export const calculatorDefinition = {
  ...microloanPreset,
  steps: microloanPreset.steps.map((step, index) =>
    index === 0
      ? {
          ...step,
          kind: 'calculator' as const,
          fields: [
            {
              name: 'amount' as const,
              minimum: 1000,
              maximum: 30_000,
              control: 'slider' as const,
              presets: [5000, 15_000, 30_000],
            },
            {
              name: 'termDays' as const,
              minimum: 5,
              maximum: 30,
              control: 'slider' as const,
              presets: [7, 14, 30],
            },
          ],
        }
      : step,
  ),
  loan: {
    ratePerDay: 0.8,
    fullCost: { min: 0, max: 292 },
    freeDays: 7,
    conditionsUrl: 'https://example.ru/conditions',
  },
} satisfies Partial<FormDefinition>
