import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { expectNoLossInRounds } from '../support/kill/kill-rounds.ts'
import { findPostgresBinaries } from '../support/postgres/binaries.ts'
import { startPostgresServer } from '../support/postgres/server.ts'

/** `ANKETA_ROUNDS` sets another number of rounds for all. */
const asked = Number(process.env['ANKETA_ROUNDS'])
const roundsOr = (usual: number) => (asked > 0 ? asked : usual)
const timeout = 3_600_000

it('a relay that is killed on the embedded database under load loses nothing', { timeout }, async () => {
  expect.hasAssertions()
  const folder = await mkdtemp(join(tmpdir(), 'anketa-long-'))
  try {
    await expectNoLossInRounds({ database: join(folder, 'data'), relays: 1, rounds: roundsOr(200) })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})

const postgres = findPostgresBinaries()

it.skipIf('problem' in postgres)(
  'one of two relays on PostgreSQL that is killed under load loses nothing',
  { timeout },
  async () => {
    expect.hasAssertions()
    const server = await startPostgresServer()
    try {
      await expectNoLossInRounds({ database: server.url('postgres'), relays: 2, rounds: roundsOr(200) })
    } finally {
      await server.end()
    }
  },
)

it.skipIf('problem' in postgres)(
  'relays lose nothing when PostgreSQL is restarted under load',
  { timeout },
  async () => {
    expect.hasAssertions()
    const server = await startPostgresServer({ durable: true })
    const disturb = async () => {
      await server.stop('immediate')
      await pause(500)
      await server.start()
    }
    try {
      await expectNoLossInRounds({
        database: server.url('postgres'),
        relays: 2,
        rounds: roundsOr(10),
        disturb,
      })
    } finally {
      await server.end()
    }
  },
)
