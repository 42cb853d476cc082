import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { toDatabaseConfig } from '../../../src/relay/config/database-config.ts'
import { openDatabase } from '../../../src/relay/database/open-database.ts'
import { rewriteTable } from '../../../src/relay/database/rewrite-table.ts'
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

it('a table is written again after the transactions that may still see its deleted rows', async () => {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await withClient(server.url('postgres'), (client) => client.query(`create database ${name}`))
  const address = server.url(name)
  const database = await openDatabase(toDatabaseConfig(address), { now: Date.now() })
  try {
    await database.query('create table kept (secret text)')
    await database.query(`insert into kept values ('a-key-to-destroy')`)
    const readTable = async () => {
      const [row] = await database.query<{ path: string }>(
        `select current_setting('data_directory') || '/' || pg_relation_filepath('kept') as path`,
      )
      await database.query('checkpoint')
      return readFile(row?.path ?? '', 'latin1')
    }
    await withClient(address, async (client) => {
      await client.query('begin isolation level repeatable read')
      await client.query('select 1')
      await database.query('delete from kept')
      const rewriting = rewriteTable(database, 'kept')
      await pause(300)
      expect(await readTable()).toContain('a-key-to-destroy')
      await client.query('commit')
      expect(await rewriting).toBe('done')
    })
    expect(await readTable()).not.toContain('a-key-to-destroy')
    // One that goes on for long is not waited for: the caller does it again later.
    await withClient(address, async (client) => {
      await client.query('begin isolation level repeatable read')
      await client.query('select 1')
      await database.query(`insert into kept values ('another')`)
      await database.query('delete from kept')
      expect(await rewriteTable(database, 'kept')).toBe('later')
    })
  } finally {
    await database.close()
  }
})
