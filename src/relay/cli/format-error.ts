import { ListenError } from '../assembly/serve.ts'
import { CommandError } from './command.ts'
import { ConfigError } from '../config/config.ts'
import { MissingKeyError } from '../database/encryption/encryption.ts'
import { BackupError } from '../database/backup/read-backup.ts'
import { DirectoryInUseError } from '../database/directory-lock.ts'
import { DamagedDatabaseError } from '../database/pglite.ts'
import { NoSpaceError } from '../database/disk/watched-database.ts'
import { PlaceFileError } from '../places/import/imported-places.ts'

/** Describes the failure of a command for the person who ran it. `file` is the configuration's. */
export function formatError(error: unknown, file: string): string {
  if (error instanceof ConfigError || error instanceof ListenError) return `${file}: ${error.message}`
  const isForOperator = [
    DirectoryInUseError,
    DamagedDatabaseError,
    NoSpaceError,
    MissingKeyError,
    BackupError,
    CommandError,
  ].some((type) => error instanceof type)
  if (error instanceof Error && isForOperator) return error.message
  if (error instanceof PlaceFileError) return `Nothing was changed. ${error.message}`
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
    return `A file is missing: ${error.message}`
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')
    return `Another program listens on this port: ${error.message}`
  return `Failed: ${error instanceof Error ? error.message : String(error)}`
}
