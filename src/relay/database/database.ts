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

/** Options of a transaction. */
export interface TransactionOptions {
  readonly isMaintenance?: boolean
  readonly synced?: boolean
}

/** The database of leads and jobs. */
export interface Database extends Queryable {
  /**
   * Statements and transactions that take longer than some seconds fail, apart from maintenance. `synced: false` is for
   * what may be lost in a power failure, although it was committed.
   */
  transaction<Result>(
    work: (transaction: Transaction) => Promise<Result>,
    options?: TransactionOptions,
  ): Promise<Result>
  /** Runs statements that may take minutes. */
  readonly maintenance: Queryable
  /** Listens to notifications of this database, if the engine has any. They are hints, and some may be lost. */
  readonly listen?: NonNullable<Db['listen']>
  /** The same database for pg-boss. */
  readonly jobs: Db
  readonly backend: BackendProfile
  /** Whether no other process can use this database. Unfinished work at the start is then orphaned. */
  readonly exclusive: boolean
  /** Does one small step of maintenance, such as a checkpoint, if the database does not do so itself. */
  maintain(): Promise<void>
  close(): Promise<void>
}
