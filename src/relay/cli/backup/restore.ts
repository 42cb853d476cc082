import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { systemClock } from 'pg-boss'
import { type BackupSummary, verifyBackup } from '../../database/backup/read-backup.ts'
import { restoreBackup } from '../../database/backup/restore-backup.ts'
import type { RelayConfig } from '../../config/config.ts'
import { readFreeBytes } from '../../database/disk/disk-space.ts'
import { openDatabase } from '../../database/open-database.ts'
import { openEncryption } from '../../database/encryption/encryption.ts'
import { openJobQueue } from '../../leads/job-queue.ts'
import { requeueRestored } from '../../leads/recovery/requeue-restored.ts'
import { createPlaceTablesFor } from '../../places/generations/tables.ts'
import { describeContent } from './backup.ts'
import { type Command, CommandError } from '../command.ts'
import { loadConfig } from '../read-config-file.ts'
import { createWatchdog } from '../watchdog/watchdog.ts'

/** Stores a backup in an empty database. */
export const restoreCommand: Command = {
  words: ['restore'],
  usage: '--config FILE FILE',
  summary: 'stores a backup in the empty database of a relay that is stopped',
  options: {
    keys: {
      type: 'string',
      about:
        'the file with the keys of encrypted leads; by default the one that the backup names, in its folder',
    },
    'sent-since': {
      type: 'boolean',
      about:
        'the relay ran on after the backup, so what waited then may have been sent: where a lender must not get a lead twice, it is not sent again',
    },
  },
  positionals: 'FILE',

  async run({ config: configFile, options, positionals: [name = ''] }) {
    const file = resolve(name)
    const { config } = await loadConfig(configFile)
    // Before there is a new database.
    const summary = await verifyBackup(file)
    const watchdog = createWatchdog()
    watchdog.start()
    const database = await openDatabase(config.database, { now: Date.now() })
    try {
      // The engine is busy for a long time with a large backup.
      const sentSince = options['sent-since'] === true
      const waiting = await watchdog.during(async () => {
        await restoreBackup(file, {
          database,
          createTables: createPlaceTablesFor,
          keysFile: findKeysFile(file, summary, options['keys']),
          requireSpace: createSpaceCheck(config),
          onProgress: createProgressPrinter(),
        })
        const encryption = await openEncryption(database, () => config.encryption)
        const boss = await openJobQueue(database, systemClock, () => {})
        try {
          return await requeueRestored(database, boss, encryption, { now: new Date(), sentSince })
        } finally {
          await boss.stop({ graceful: false })
        }
      })
      process.stdout.write(
        `Done: ${describeContent(summary)} of ${summary.header.madeAt} are restored. ${describeWaiting(waiting, sentSince)}\n`,
      )
      return 0
    } finally {
      await database.close()
      await watchdog.stop()
    }
  },
}

function findKeysFile(
  file: string,
  { header }: BackupSummary,
  given: string | boolean | undefined,
): string | undefined {
  if (typeof given === 'string') return resolve(given)
  const named = header.keys === undefined ? undefined : join(dirname(file), header.keys)
  return named !== undefined && existsSync(named) ? named : undefined
}

/** A check whether the disk of an embedded database has the space for a number of bytes, and the reserve after that. */
function createSpaceCheck({ database, reserveBytes }: RelayConfig): (bytes: number) => Promise<void> {
  return async (bytes) => {
    if (database.engine !== 'pglite' || readFreeBytes(database.folder) >= bytes + reserveBytes) return
    const megabytes = Math.ceil((bytes + reserveBytes) / 1024 / 1024)
    throw new CommandError(
      `The disk of ${resolve(database.folder)} has too little space: restoring needs ${megabytes} MB. Nothing was restored.`,
    )
  }
}

function describeWaiting(waiting: number, sentSince: boolean): string {
  if (waiting === 0) return 'No delivery waits.'
  return sentSince
    ? `${waiting} deliveries waited then; those that must not be repeated become uncertain.`
    : `${waiting} deliveries waited then, and are sent when the relay starts.`
}

function createProgressPrinter(): (rows: number, of: number) => void {
  let last = 0
  return (rows, of) => {
    if (rows < last + 20_000) return
    last = rows
    process.stdout.write(`${rows} of ${of} rows\n`)
  }
}
