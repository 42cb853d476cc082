import type { BackendProfile, Db } from 'pg-boss'

/** Runs statements; `Row` describes what the statement itself selects. */
export interface Queryable {
  query<Row>(sql: string, parameters?: readonly unknown[]): Promise<readonly Row[]>
}

/** A transaction in progress: whatever is done through it is stored as a whole or not at all. */
export interface Transaction extends Queryable {
  /** The same transaction as the queue wants it, so that a lead and its job are stored together. */
  readonly jobs: Db
}

/** The one store of leads and jobs. */
export interface Database extends Queryable {
  transaction<Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result>
  /** The database as the queue wants it. */
  readonly jobs: Db
  readonly backend: BackendProfile
  /** Whether no other process can be using this database, so that whatever is unfinished at the start is orphaned. */
  readonly exclusive: boolean
  /** Clears away what deleted rows leave behind, where the database does not do so by itself. */
  vacuum(): Promise<void>
  close(): Promise<void>
}
