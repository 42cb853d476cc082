import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
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
  return { address: `pglite:${folder}`, config: { engine: 'pglite', folder } }
})
