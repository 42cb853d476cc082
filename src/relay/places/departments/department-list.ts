import { createHash } from 'node:crypto'
import { array, maxLength, minLength, object, pipe, record, regex, safeParse, string } from 'valibot'
import { fields } from '../../../fields/fields.ts'
import type { Departments } from './read-departments.ts'

/** A list of departments to store. */
export interface NewDepartmentList {
  /** Changes with the content. */
  readonly fingerprint: string
  readonly departments: Departments
}

const name = pipe(string(), minLength(1), maxLength(255))
const schema = object({
  departments: record(
    pipe(string(), regex(/^\d{3}-\d{3}$/)),
    pipe(array(name), minLength(1), maxLength(100)),
  ),
})

/** Formats departments as a relay imports them: `{ "departments": { "770-001": ["…"] } }`, ordered by code. */
export function formatDepartmentList(departments: Departments): string {
  const sorted = [...departments].toSorted(([one], [other]) => (one < other ? -1 : 1))
  return JSON.stringify({ departments: Object.fromEntries(sorted) })
}

/** Parses the format of {@link formatDepartmentList}; `undefined` unless all of it is valid, and a form accepts the names. */
export function parseDepartmentList(candidate: unknown): NewDepartmentList | undefined {
  const result = safeParse(schema, candidate)
  if (!result.success) return undefined
  const departments = new Map(Object.entries(result.output.departments))
  const { kind } = fields.passportIssuedBy
  const isComplete = [...departments.values()].flat().every((text) => safeParse(kind.schema, text).success)
  if (departments.size === 0 || !isComplete) return undefined
  const fingerprint = createHash('sha256').update(formatDepartmentList(departments)).digest('hex')
  return { fingerprint, departments }
}
