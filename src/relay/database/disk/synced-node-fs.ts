import { closeSync, fsyncSync, openSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { NodeFS } from '@electric-sql/pglite/nodefs'

/**
 * PGlite's own parameters without `-F`, which turns syncing off. `fdatasync`, the default method for the write-ahead log,
 * does nothing in WebAssembly, so the log is synced with `fsync`.
 */
export const syncedStartParams: readonly string[] = [
  ...PGlite.defaultStartParams.filter((parameter) => parameter !== '-F'),
  '-c',
  'wal_sync_method=fsync',
]

/** An open file or folder of Emscripten's file system over Node's. A folder has no file descriptor. */
interface OpenFile {
  readonly nfd?: number
  readonly node: object
}

/** Emscripten's file system over Node's, as far as it is used here. It has no `fsync` of its own. */
interface EmscriptenNodeFs {
  readonly stream_ops: { fsync?: (file: OpenFile) => number }
  readonly node_ops: {
    setattr: (node: object, attributes: { mode?: number | undefined }) => void
    mknod: (parent: object, name: string, mode: number, device: number) => object
  }
  realPath(node: object): string
}

/** Removes the rights of other users from the mode of a file or a folder. */
const ownerOnly = ~0o077

type PostgresOptions = Parameters<NodeFS['init']>[1]

/**
 * PGlite's file system on a folder, with the sync to disk that it lacks: PostgreSQL's requests reach the disk. Only the
 * user of this process can read what it creates.
 */
export class SyncedNodeFS extends NodeFS {
  override async init(pg: PGlite, options: PostgresOptions): Promise<{ emscriptenOpts: PostgresOptions }> {
    const { emscriptenOpts } = await super.init(pg, options)
    const addSync = (module: object): void => {
      const files: EmscriptenNodeFs = Reflect.get(module, 'NODEFS')
      files.stream_ops.fsync = ({ nfd, node }) => {
        if (nfd === undefined) syncPath(files.realPath(node))
        else fsyncSync(nfd)
        return 0
      }
      // Emscripten sets the mode 0666 after it has created a file, whatever the process's umask is.
      const { setattr, mknod } = files.node_ops
      files.node_ops.setattr = (node, attributes) => {
        if (attributes.mode !== undefined) attributes.mode &= ownerOnly
        setattr(node, attributes)
      }
      files.node_ops.mknod = (parent, name, mode, device) => mknod(parent, name, mode & ownerOnly, device)
    }
    return { emscriptenOpts: { ...emscriptenOpts, preRun: [...(emscriptenOpts.preRun ?? []), addSync] } }
  }
}

/** Syncs a file or a folder to disk. Windows can sync no folders. */
export function syncPath(path: string): void {
  if (process.platform === 'win32') return
  const file = openSync(path, 'r')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/** Syncs a folder and everything in it to disk. */
export function syncTree(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) syncTree(path)
    else if (entry.isFile()) syncPath(path)
  }
  syncPath(folder)
}
