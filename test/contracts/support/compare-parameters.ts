import type { Parameter } from '../../../src/providers/core/parameter.ts'
import type { BaseConfig } from '../../../src/providers/core/field-rules.ts'
import type { ContractSubject } from './contract-subject.ts'

/** The differences between the parameters of the adapter and those of the document, in both directions. */
export function compareParameters<Config extends BaseConfig>(
  parameters: readonly Parameter<Config>[],
  { document, undocumented = [] }: ContractSubject<Config>,
): readonly string[] {
  const known = new Map(parameters.map((parameter) => [parameter.path, parameter]))
  const documented = new Set(document.map(({ path }) => path))
  return [
    ...document.flatMap(({ path, type, max }) => {
      const found = known.get(path)
      if (!found) return [`${path}: not in the adapter`]
      return found.type === type && found.max === max
        ? []
        : [`${path}: ${type} ${max} in the document, ${found.type} ${found.max} in the adapter`]
    }),
    ...parameters
      .filter(({ path }) => !documented.has(path))
      .filter((parameter) => !parameter.undocumented || !undocumented.includes(parameter.path))
      .map(({ path }) => `${path}: not in the document`),
    ...(known.size === parameters.length ? [] : ['a path occurs twice in the adapter']),
  ]
}
