import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import { copyEmptyDatabase } from '../../support/database-template.ts'
import { describeBackups } from '../support/backup-suite.ts'

let root: string
let places = 0
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'anketa-places-'))
})
afterAll(() => rm(root, { recursive: true, force: true }))

describeBackups('the embedded database', async () => {
  places += 1
  const folder = join(root, `place-${places}`)
  // The first two are created where there is nothing: the one that is backed up, and the first that is restored to.
  if (places > 2) await copyEmptyDatabase(folder)
  return { address: `pglite:${folder}`, config: { engine: 'pglite', folder } }
})
