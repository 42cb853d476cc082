import type { BackendProfile, Db } from 'pg-boss'

/** Runs statements; `Row` is the type of the rows that the statement selects. */
export interface Queryable {
  query<Row>(sql: string, parameters?: readonly unknown[]): Promise<readonly Row[]>
}

/** A transaction: its statements take effect together or not at all. */
export interface Transaction extends Queryable {
  /** The same transaction for pg-boss, so that a lead and its job are stored together. */
  readonly jobs: Db
}

/** The database of leads and jobs. */
export interface Database extends Queryable {
  /** `synced: false` is for what may be lost in a power failure, although it was committed. */
  transaction<Result>(
    work: (transaction: Transaction) => Promise<Result>,
    options?: { readonly synced: boolean },
  ): Promise<Result>
  /** The same database for pg-boss. */
  readonly jobs: Db
  readonly backend: BackendProfile
  /** Whether no other process can use this database. Unfinished work at the start is then orphaned. */
  readonly exclusive: boolean
  /** Reclaims the space of deleted rows, if the database does not do so itself. */
  vacuum(): Promise<void>
  close(): Promise<void>
}
