import { fieldOf } from '../../fields/fields.ts'
import type { AdmitadConfig } from './config.ts'
import { admitadParameters } from './parameters.ts'

/** The fields whose values are known, by the parameters that `valueMaps` can map. */
const choiceFields = { gender: 'gender', occupation: 'employment', overdue_loans: 'creditHistory' } as const

/** Entries of `valueMaps` for values that no form has, and values that are too long for their parameter. */
export function findValueMapProblems(config: AdmitadConfig): readonly string[] {
  const limits = new Map(admitadParameters(config).map(({ path, max }) => [path, max]))
  return Object.entries(config.valueMaps).flatMap(([parameter, map]) => {
    const field = Object.entries(choiceFields).find(([name]) => name === parameter)?.[1]
    const known = field && fieldOf(field).kind.options?.map(String)
    return Object.entries(map ?? {}).flatMap(([value, sent]) => {
      const at = `valueMaps.${parameter}.${value}`
      const max = limits.get(parameter) ?? Infinity
      return [
        ...(known && !known.includes(value)
          ? [`${at}: no value of ${field}; it has ${known.join(', ')}`]
          : []),
        ...(String(sent).length > max ? [`${at}: expected at most ${max} characters`] : []),
      ]
    })
  })
}
