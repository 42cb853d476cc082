import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { expectNoMessageLostInRounds } from '../support/kill/message-rounds.ts'
import { findPostgresBinaries } from '../support/postgres/binaries.ts'
import { startPostgresServer } from '../support/postgres/server.ts'

/** `ANKETA_ROUNDS` sets another number of rounds for all. */
const asked = Number(process.env['ANKETA_ROUNDS'])
const rounds = asked > 0 ? asked : 20
const timeout = 1_800_000
/** With new leads, so that digests are killed, too. */
const events = ['new', 'accepted', 'uncertain']

it('a relay that is killed on the embedded database loses no message', { timeout }, async () => {
  expect.hasAssertions()
  const folder = await mkdtemp(join(tmpdir(), 'anketa-long-'))
  try {
    await expectNoMessageLostInRounds({ database: join(folder, 'data'), relays: 1, rounds, events })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})

const postgres = findPostgresBinaries()

it.skipIf('problem' in postgres)(
  'one of two relays on PostgreSQL that is killed loses no message',
  { timeout },
  async () => {
    expect.hasAssertions()
    const server = await startPostgresServer()
    try {
      await expectNoMessageLostInRounds({ database: server.url('postgres'), relays: 2, rounds, events })
    } finally {
      await server.end()
    }
  },
)
