/** The SQLSTATE of a database's error: five characters, the first two of which are its class. */
export function sqlStateOf(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' && /^[\dA-Z]{5}$/.test(code) ? code : undefined
}

/** The SQL state of a statement that took longer than it may. */
export const queryCanceled = '57014'

/** Whether a value is the reason: it has no form that the database could store (class 22, data exception). */
export function isUnstorableValue(error: unknown): boolean {
  return sqlStateOf(error)?.startsWith('22') ?? false
}

/**
 * Why a statement failed. `data`: by what it was to store, so that it fails again. `database`: by the database's own
 * state, which passes. `unknown`: by something that may be either, such as a trigger of the operator's.
 */
export type FaultReason = 'data' | 'database' | 'unknown'

/** Data exceptions, violated constraints, limits of the engine. */
const dataClasses: readonly string[] = ['22', '23', '54']

/** Connection, read-only transaction, rollback, lack of resources, objects in use, operators, system and internal errors. */
const passingClasses: readonly string[] = ['08', '25', '40', '53', '55', '57', '58', 'XX']

/** The reason of a failure. Errors without a SQLSTATE come from the connection, apart from those of JavaScript itself. */
export function reasonOfFault(error: unknown): FaultReason {
  const sqlClass = sqlStateOf(error)?.slice(0, 2)
  if (sqlClass === undefined)
    return error instanceof TypeError || error instanceof RangeError ? 'data' : 'database'
  if (dataClasses.includes(sqlClass)) return 'data'
  return passingClasses.includes(sqlClass) ? 'database' : 'unknown'
}
