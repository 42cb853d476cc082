import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { copyDatabaseTemplate } from '../../support/database-template.ts'
import { describeErasedFiles, readAllFiles } from '../support/disk/erased-files-suite.ts'

const folders: string[] = []
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))))

describeErasedFiles('the embedded database', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'anketa-files-'))
  folders.push(folder)
  await copyDatabaseTemplate(folder)
  return {
    address: `pglite:${folder}`,
    config: { engine: 'pglite', folder },
    readFiles: () => readAllFiles(folder),
  }
})
