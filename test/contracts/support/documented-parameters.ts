import type { LeadValues } from '../../../src/lead/values.ts'
import type { ParameterType } from '../../../src/providers/core/parameter.ts'

/** A parameter as a provider's document has it, and what is sent for it. */
export interface DocumentedParameter {
  readonly path: string
  readonly type: ParameterType
  readonly max: number | undefined
  /** What a request carries at the path for the full lead and the subject's options. */
  readonly sent: unknown
  /** Where the parameter shuts others out: the options and values under which it is the one that is sent. */
  readonly options?: Readonly<Record<string, unknown>>
  readonly values?: LeadValues
}

/** A row, short enough to be read in a table. */
export function documentedParameter(
  path: string,
  type: ParameterType,
  max: number | undefined,
  sent: unknown,
  otherwise: Pick<DocumentedParameter, 'options' | 'values'> = {},
): DocumentedParameter {
  return { path, type, max, sent, ...otherwise }
}

/** The leaves of a body by path: `main.phone`, `contacts.0.value`; a list of plain values is one leaf. */
export function bodyLeaves(tree: unknown, path = ''): readonly (readonly [path: string, value: unknown])[] {
  const isBranch = typeof tree === 'object' && tree !== null
  if (!isBranch || (Array.isArray(tree) && tree.every((item) => typeof item !== 'object')))
    return [[path, tree]]
  return Object.entries(tree).flatMap(([name, inner]) =>
    bodyLeaves(inner, path === '' ? name : `${path}.${name}`),
  )
}
