import type { LeadValues } from '../../../src/lead/values.ts'
import type { ParameterType } from '../../../src/providers/core/parameter.ts'

/** A parameter in a provider's document, with the value that is sent for it. */
export interface DocumentedParameter {
  readonly path: string
  readonly type: ParameterType
  readonly max: number | undefined
  /** The value in a request for the full lead with the subject's options. */
  readonly sent: unknown
  /** Options and values with which the parameter is sent, if it excludes others. */
  readonly options?: Readonly<Record<string, unknown>>
  readonly values?: LeadValues
}

/** Creates a row of the document's table. */
export function documentedParameter(
  path: string,
  type: ParameterType,
  max: number | undefined,
  sent: unknown,
  overrides: Pick<DocumentedParameter, 'options' | 'values'> = {},
): DocumentedParameter {
  return { path, type, max, sent, ...overrides }
}

/** The leaves of a body by path: `main.phone`, `contacts.0.value`. A list of plain values is one leaf. */
export function bodyLeaves(tree: unknown, path = ''): readonly (readonly [path: string, value: unknown])[] {
  const isBranch = typeof tree === 'object' && tree !== null
  if (!isBranch || (Array.isArray(tree) && tree.every((item) => typeof item !== 'object')))
    return [[path, tree]]
  return Object.entries(tree).flatMap(([name, inner]) =>
    bodyLeaves(inner, path === '' ? name : `${path}.${name}`),
  )
}
