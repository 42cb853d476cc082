import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll } from 'vitest'
import { toDatabaseConfig } from '../../../src/relay/config/database-config.ts'
import { withClient } from '../../support/postgres/databases.ts'
import { type PostgresServer, startPostgresServer } from '../../support/postgres/server.ts'
import { describeErasedFiles, readAllFiles } from '../support/disk/erased-files-suite.ts'

let server: PostgresServer
beforeAll(async () => {
  server = await startPostgresServer()
  await withClient(server.url('postgres'), async (client) => {
    // As the documentation advises: files of the write-ahead log are removed and not used again.
    await client.query('alter system set wal_recycle = off')
    await client.query('select pg_reload_conf()')
  })
}, 120_000)
afterAll(() => server.end())

describeErasedFiles('PostgreSQL', async () => {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const folder = await withClient(server.url('postgres'), async (client) => {
    await client.query(`create database ${name}`)
    const { rows } = await client.query<{ data_directory: string }>('show data_directory')
    return rows[0]?.data_directory ?? ''
  })
  const address = server.url(name)
  return {
    address,
    config: toDatabaseConfig(address),
    // What a checkpoint writes later is in the files, too.
    readFiles: async () => {
      await withClient(address, (client) => client.query('checkpoint'))
      return readAllFiles(folder)
    },
  }
})
