import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { expectNoLossInRounds } from '../../support/kill/kill-rounds.ts'
import { withClient } from '../../support/postgres/databases.ts'
import { type PostgresServer, startPostgresServer } from '../../support/postgres/server.ts'

/** `npm run test:long` runs more of them. */
const rounds = 1

let server: PostgresServer
beforeAll(async () => {
  server = await startPostgresServer()
  await withClient(server.url('postgres'), (client) => client.query('create database restarted'))
}, 60_000)
afterAll(() => server.end())

it('loses nothing when one of two relays is killed under load', { timeout: 300_000 }, async () => {
  expect.hasAssertions()
  await expectNoLossInRounds({ database: server.url('postgres'), relays: 2, rounds })
})

it('loses nothing when the database is restarted under load', { timeout: 300_000 }, async () => {
  expect.hasAssertions()
  const disturb = async () => {
    await server.stop('immediate')
    await pause(300)
    await server.start()
  }
  await expectNoLossInRounds({ database: server.url('restarted'), relays: 2, rounds, disturb })
})
