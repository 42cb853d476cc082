import { randomUUID } from 'node:crypto'
import { Client } from 'pg'
import { inject } from 'vitest'
import { createRelay } from '../../../src/relay/create-relay.ts'
import { env, formEntry } from '../../relay/support/invented.ts'

/** A database that a relay has set up, and that holds no leads and no places. */
const template = 'anketa_template'

/** Creates an empty database on the server that the test files share; returns its address. */
export async function createPostgresDatabase(): Promise<string> {
  return withServer(async (client, urlOf) => {
    const name = createName()
    await client.query(`create database ${name}`)
    return urlOf(name)
  })
}

/** Copies a database that a relay has set up; returns the copy's address. To set one up takes longer. */
export async function copyPostgresTemplate(): Promise<string> {
  return withServer(async (client, urlOf) => {
    // Test files that run at the same time wait here for the first one.
    await client.query('select pg_advisory_lock(1)')
    const found = await client.query('select from pg_database where datname = $1', [template])
    if (found.rowCount === 0) {
      const draft = createName()
      await client.query(`create database ${draft}`)
      const relay = await createRelay(
        { database: urlOf(draft), forms: { main: formEntry() } },
        { env, fetch: () => Promise.resolve(new Response('', { status: 503 })) },
      )
      await relay.close()
      await client.query(`alter database ${draft} rename to ${template}`)
    }
    await client.query('select pg_advisory_unlock(1)')
    const name = createName()
    await client.query(`create database ${name} template ${template}`)
    return urlOf(name)
  })
}

/** Drops a database of the shared server, although clients may be connected to it. */
export async function dropPostgresDatabase(url: string): Promise<void> {
  await withServer(async (client) => {
    await client.query(`drop database if exists ${new URL(url).pathname.slice(1)} with (force)`)
  })
}

/** Runs `work` with a connection to a database, which is closed afterwards. */
export async function withClient<Result>(
  url: string,
  work: (client: Client) => Promise<Result>,
): Promise<Result> {
  const client = new Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

async function withServer<Result>(
  work: (client: Client, urlOf: (database: string) => string) => Promise<Result>,
): Promise<Result> {
  const response = await fetch(inject('postgresAddress'))
  const url = await response.text()
  if (!response.ok) throw new Error(url)
  return withClient(url, (client) => work(client, (database) => new URL(`/${database}`, url).href))
}

function createName(): string {
  return `test_${randomUUID().replaceAll('-', '')}`
}
