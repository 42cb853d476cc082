import type { LeadValues } from '../../src/lead/values.ts'
import type { WireType } from '../../src/providers/parameter.ts'

/** A parameter as a provider's document has it, and what is sent for it. */
export interface DocumentRow {
  readonly path: string
  readonly type: WireType
  readonly max: number | undefined
  /** What a request carries at the path for the full lead and the subject's options. */
  readonly sent: unknown
  /** Where the parameter shuts others out: the options and values under which it is the one that is sent. */
  readonly options?: Readonly<Record<string, unknown>>
  readonly values?: LeadValues
}

/** A row, short enough to be read in a table. */
export function row(
  path: string,
  type: WireType,
  max: number | undefined,
  sent: unknown,
  otherwise: Pick<DocumentRow, 'options' | 'values'> = {},
): DocumentRow {
  return { path, type, max, sent, ...otherwise }
}

/** The leaves of a body by path: `main.phone`, `contacts.0.value`; a list of plain values is one leaf. */
export function leavesOf(tree: unknown, path = ''): readonly (readonly [path: string, value: unknown])[] {
  const isBranch = typeof tree === 'object' && tree !== null
  if (!isBranch || (Array.isArray(tree) && tree.every((item) => typeof item !== 'object')))
    return [[path, tree]]
  return Object.entries(tree).flatMap(([name, inner]) =>
    leavesOf(inner, path === '' ? name : `${path}.${name}`),
  )
}
