import type { Parameter } from '../../../src/providers/core/parameter.ts'
import type { BaseConfig } from '../../../src/providers/core/field-rules.ts'
import type { ContractSubject } from './contract-subject.ts'

/** What differs between a table of the adapter's and the document's, both ways. */
export function compareParameters<Config extends BaseConfig>(
  parameters: readonly Parameter<Config>[],
  { document, undocumented = [] }: ContractSubject<Config>,
): readonly string[] {
  const known = new Map(parameters.map((parameter) => [parameter.path, parameter]))
  const written = new Set(document.map(({ path }) => path))
  return [
    ...document.flatMap(({ path, type, max }) => {
      const found = known.get(path)
      if (!found) return [`${path}: not in the adapter`]
      return found.type === type && found.max === max
        ? []
        : [`${path}: ${type} ${max} in the document, ${found.type} ${found.max} in the adapter`]
    }),
    ...parameters
      .filter(({ path }) => !written.has(path))
      .filter((parameter) => !parameter.undocumented || !undocumented.includes(parameter.path))
      .map(({ path }) => `${path}: not in the document`),
    ...(known.size === parameters.length ? [] : ['a path stands twice in the adapter']),
  ]
}
