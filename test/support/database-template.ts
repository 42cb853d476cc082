import { cpSync, existsSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { inject } from 'vitest'
import { createRelay } from '../../src/relay/create-relay.ts'
import { env, formEntry } from '../relay/support/invented.ts'

/**
 * Copies a database that a relay has set up, and that holds no leads and no places, into a folder. To set one up takes
 * seconds, so that it is done once in a run.
 */
export async function copyDatabaseTemplate(folder: string): Promise<void> {
  const template = join(inject('runFolder'), 'database')
  while (!existsSync(template)) if (!(await createTemplate(template))) await pause(50)
  // 40 ms for a thousand files, where the asynchronous `cp` takes 300.
  cpSync(template, folder, { recursive: true })
}

/** False if another test file is creating it. */
async function createTemplate(template: string): Promise<boolean> {
  const draft = `${template}.new`
  try {
    await mkdir(draft)
  } catch (error) {
    if (existsSync(draft) || existsSync(template)) return false
    throw error
  }
  // It may have been finished between the caller's look and now.
  if (existsSync(template)) {
    await rm(draft, { recursive: true })
    return false
  }
  try {
    const relay = await createRelay(
      { database: `pglite:${draft}`, forms: { main: formEntry() } },
      { env, fetch: () => Promise.resolve(new Response('', { status: 503 })) },
    )
    await relay.close()
    await rename(draft, template)
    return true
  } catch (error) {
    await rm(draft, { recursive: true, force: true })
    throw error
  }
}
