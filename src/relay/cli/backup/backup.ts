import { createWriteStream, existsSync } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type { Fetch } from '../../../delivery/send-http.ts'
import { writeLeadKeys } from '../../database/backup/lead-keys-file.ts'
import { type BackupSummary, verifyBackup } from '../../database/backup/read-backup.ts'
import { writeBackup } from '../../database/backup/write-backup.ts'
import { createLeases, withSchemaLock } from '../../database/leases.ts'
import { syncPath } from '../../database/disk/synced-node-fs.ts'
import { migrate } from '../../database/migrations.ts'
import { version } from '../../runtime/version.ts'
import { type Command, CommandError } from '../command.ts'
import { type LoadedConfig, loadConfig } from '../read-config-file.ts'
import { withDatabase } from '../running/with-database.ts'
import { isFileError, writeToFile } from '../running/write-to-file.ts'

/** Writes a backup of a relay's database, while the relay runs or not. */
export const backupCommand: Command = {
  words: ['backup'],
  usage: '--config FILE FILE',
  summary:
    'writes a backup of all leads and places to a new file, while the relay runs or not; it holds personal data',
  options: {},
  positionals: 'FILE',

  async run({ config, positionals: [name = ''] }, { fetch }) {
    const file = resolve(name)
    if (existsSync(file))
      throw new CommandError(`${file} exists already: name another file, or move it away.`)
    const loadedConfig = await loadConfig(config)
    const draft = `${file}.part`
    // Before the relay is asked for anything.
    await writeToFile(file, async () => (await open(draft, 'w', 0o600)).close())
    try {
      await withDatabase(loadedConfig, fetch, {
        async direct(database) {
          await withSchemaLock(await createLeases(database), () => migrate(database))
          const options = { now: new Date(), relayVersion: version, pause: async () => {} }
          const lines = writeBackup(database, options)
          await writeToFile(file, () => pipeline(lines, createGzip(), createDraft(draft)))
        },
        async remote(adminClient) {
          const { body } = await adminClient('/admin/backup')
          if (!body) throw new CommandError('The running relay sent no backup.')
          await writeToFile(file, () =>
            pipeline(Readable.from(body), createDraft(draft)).catch((cause: unknown) => {
              if (isFileError(cause)) throw cause
              throw new CommandError(
                'The relay ended the backup before it was whole, and no file was written: its log has the reason. Try again.',
                { cause },
              )
            }),
          )
        },
      })
      // Read back before it gets its name: what has the name of a backup is one.
      const summary = await verifyBackup(draft)
      const { keys } = summary.header
      // After the leads, so that it has the key of each of them.
      const keysFile = keys === undefined ? undefined : join(dirname(file), keys)
      if (keysFile !== undefined) await writeKeysFile(keysFile, loadedConfig, fetch)
      await syncFile(draft)
      await rename(draft, file)
      syncPath(dirname(file))
      process.stdout.write(`Done: ${file} holds ${describeContent(summary)}.\n`)
      if (keysFile !== undefined)
        process.stdout.write(
          `${keysFile} holds the keys of the leads, without which no backup can be restored. Keep the latest one only: with an older one, leads that have been erased since can be decrypted.\n`,
        )
      return 0
    } catch (error) {
      await rm(draft, { force: true })
      throw error
    }
  },
}

/** Replaces the file with the keys of the leads. */
async function writeKeysFile(file: string, config: LoadedConfig, fetch: Fetch): Promise<void> {
  const draft = `${file}.part`
  try {
    await withDatabase(config, fetch, {
      direct: (database) =>
        writeToFile(file, () =>
          pipeline(
            writeLeadKeys(database, { now: new Date(), relayVersion: version }),
            createGzip(),
            createDraft(draft),
          ),
        ),
      async remote(adminClient) {
        const { body } = await adminClient('/admin/backup/keys')
        if (!body) throw new CommandError('The running relay sent no keys.')
        await writeToFile(file, () => pipeline(Readable.from(body), createDraft(draft)))
      },
    })
    await verifyBackup(draft, 'anketa-lead-keys')
    await syncFile(draft)
    await rename(draft, file)
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
}

/** Only this user can read the file. */
function createDraft(file: string) {
  return createWriteStream(file, { mode: 0o600 })
}

async function syncFile(file: string): Promise<void> {
  const handle = await open(file, 'r+')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** What a backup holds, for the operator. */
export function describeContent({ end: { rows } }: Pick<BackupSummary, 'end'>): string {
  const total = Object.values(rows).reduce((sum, count) => sum + count, 0)
  return `${rows['leads'] ?? 0} leads (${total} rows)`
}
