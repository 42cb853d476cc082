import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createRandom, seed } from '../../support/random.ts'
import { inventLead } from '../support/invented.ts'
import { restoreAfterPowerCut } from '../support/disk/power-cut.ts'
import { readDatabase } from '../support/read-database.ts'
import { type DiskRecording, recordDisk } from '../support/disk/record-disk.ts'
import { createRelayFixture, postLead } from '../support/relay-fixture.ts'

const rounds = Number(process.env['ANKETA_ROUNDS'] ?? 5)
const leads = 120

let fixture: Awaited<ReturnType<typeof createRelayFixture>>
let recording: DiskRecording
let root: string
let baseline: string
/** The leads that were answered, and how many operations of the disk there were by then. */
const acknowledged: { readonly id: string; readonly at: number }[] = []

beforeAll(async () => {
  fixture = await createRelayFixture()
  const folder = await fixture.usedFolder()
  root = join(folder, 'pg')
  baseline = join(fixture.root, 'baseline')
  cpSync(root, baseline, { recursive: true })
  recording = recordDisk(root)
  const relay = await fixture.start(folder)
  const post = async (): Promise<void> => {
    const lead = inventLead()
    const { status } = await postLead(relay, lead)
    expect([200, 202]).toContain(status)
    acknowledged.push({ id: lead.id, at: recording.operations.length })
  }
  for (let posted = 0; posted < leads; posted += 6) await Promise.all(Array.from({ length: 6 }, post))
  await relay.close()
  recording.stop()
}, 120_000)

afterAll(async () => {
  recording.stop()
  await fixture.end()
})

/** Cuts the power after a number of operations; returns the acknowledged leads that the database has lost. */
async function cutPower(name: string, at: number, withoutSync = false): Promise<readonly string[]> {
  const target = join(fixture.root, name)
  const random = createRandom(seed + at)
  restoreAfterPowerCut(join(target, 'pg'), { recording, root, baseline, at, random, withoutSync })
  const stored = new Set(
    (await readDatabase(target, 'select id from anketa.leads')).map((row) => Reflect.get(row, 'id')),
  )
  return acknowledged.filter((lead) => lead.at <= at && !stored.has(lead.id)).map(({ id }) => id)
}

it(
  `a power cut at any of ${rounds} moments under load loses no acknowledged lead`,
  { timeout: 600_000 },
  async () => {
    const random = createRandom(seed)
    const first = acknowledged[0]?.at ?? 0
    const lost: Record<number, readonly string[]> = {}
    for (let round = 0; round < rounds; round += 1) {
      const at = first + random.below(recording.operations.length - first)
      const missing = await cutPower(`round-${round}`, at)
      if (missing.length > 0) lost[at] = missing
    }
    console.log(
      JSON.stringify({
        seed,
        rounds,
        acknowledged: acknowledged.length,
        operations: recording.operations.length,
      }),
    )
    expect(lost).toEqual({})
  },
)

it('leads would be lost if nothing were synced', { timeout: 120_000 }, async () => {
  // While leads are stored, nearly every write adds what no later one repeats. One of several cuts may lose none by chance.
  const operations = recording.operations.length
  const lost: string[] = []
  for (const at of [0.4, 0.6, 0.8].map((part) => Math.floor(part * operations)))
    lost.push(...(await cutPower(`without-sync-${at}`, at, true).catch(() => ['all'])))
  expect(lost).not.toEqual([])
})
