import { afterAll } from 'vitest'
import { toDatabaseConfig } from '../../../src/relay/config/database-config.ts'
import { createPostgresDatabase, dropPostgresDatabase } from '../../support/postgres/databases.ts'
import { describeBackups } from '../support/backup-suite.ts'

const addresses: string[] = []
afterAll(() => Promise.all(addresses.map(dropPostgresDatabase)))

describeBackups('PostgreSQL', async () => {
  const address = await createPostgresDatabase()
  addresses.push(address)
  return { address, config: toDatabaseConfig(address) }
})
