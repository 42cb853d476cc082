import type { Metrics } from '../runtime/metrics.ts'
import type { Database } from './database.ts'

/** The same database, whose statements and transactions are measured. */
export function observeDatabase(database: Database, metrics: Pick<Metrics, 'ran'>): Database {
  async function measured<Result>(
    kind: 'statement' | 'transaction',
    work: () => Promise<Result>,
  ): Promise<Result> {
    const begun = performance.now()
    try {
      return await work()
    } finally {
      metrics.ran(kind, (performance.now() - begun) / 1000)
    }
  }
  const { jobs } = database
  return {
    ...database,
    jobs: {
      ...jobs,
      executeSql: (text, values) => measured('statement', () => jobs.executeSql(text, values)),
    },
    query: (sql, parameters) => measured('statement', () => database.query(sql, parameters)),
    transaction: (work, options) => measured('transaction', () => database.transaction(work, options)),
  }
}
