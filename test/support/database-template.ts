import { cpSync, existsSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { inject } from 'vitest'
import { createRelay } from '../../src/relay/create-relay.ts'
import { openPglite } from '../../src/relay/database/pglite.ts'
import { env, formEntry } from '../relay/support/invented.ts'

/**
 * Copies a database that a relay has set up, and that holds no leads and no places, into a folder. To set one up takes
 * seconds, so that it is done once in a run.
 */
export function copyDatabaseTemplate(folder: string): Promise<void> {
  return copyTemplate('database', folder, async (draft) => {
    const relay = await createRelay(
      { database: `pglite:${draft}`, forms: { main: formEntry() } },
      { env, fetch: () => Promise.resolve(new Response('', { status: 503 })) },
    )
    await relay.close()
  })
}

/** Copies a database that no relay has set up yet into a folder. To create an empty one takes seconds, too. */
export function copyEmptyDatabase(folder: string): Promise<void> {
  return copyTemplate('empty-database', folder, async (draft) => {
    const database = await openPglite(draft, { now: Date.now() })
    await database.close()
  })
}

async function copyTemplate(
  name: string,
  folder: string,
  create: (draft: string) => Promise<void>,
): Promise<void> {
  const template = join(inject('runFolder'), name)
  while (!existsSync(template)) if (!(await createTemplate(template, create))) await pause(50)
  // 40 ms for a thousand files, where the asynchronous `cp` takes 300.
  cpSync(template, folder, { recursive: true })
}

/** False if another test file is creating it. */
async function createTemplate(template: string, create: (draft: string) => Promise<void>): Promise<boolean> {
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
    await create(draft)
    await rename(draft, template)
    return true
  } catch (error) {
    await rm(draft, { recursive: true, force: true })
    throw error
  }
}
