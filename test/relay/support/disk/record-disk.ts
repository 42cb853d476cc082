import fs, { existsSync, readdirSync, statSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { dirname, join } from 'node:path'

/** A file or a folder, whatever its name is. */
export type Inode = number

/** A change below a folder. `folder` is the folder of the entry that changes. A write without data is a truncation. */
export type DiskOperation =
  | { readonly type: 'create'; readonly path: string; readonly inode: Inode; readonly folder: Inode }
  | { readonly type: 'remove'; readonly path: string; readonly folder: Inode }
  | { readonly type: 'rename'; readonly from: string; readonly path: string; readonly folder: Inode }
  | { readonly type: 'write'; readonly inode: Inode; readonly position: number; readonly data?: Uint8Array }
  | { readonly type: 'sync'; readonly inode: Inode }

/** What this process has done below a folder, in order. */
export interface DiskRecording {
  /** The entries of the folder when the recording began, by their paths. */
  readonly initial: ReadonlyMap<string, Inode>
  readonly folders: ReadonlySet<Inode>
  readonly operations: readonly DiskOperation[]
  stop(): void
}

type FileFunction = (...args: readonly unknown[]) => unknown

/** Records what this process does below a folder through Node's synchronous file functions, until it is stopped. */
export function recordDisk(root: string): DiskRecording {
  const operations: DiskOperation[] = []
  const names = new Map<string, Inode>()
  const folders = new Set<Inode>()
  const open = new Map<unknown, Inode>()
  let inodes = 0

  function addName(path: string, isFolder: boolean): Inode {
    inodes += 1
    names.set(path, inodes)
    if (isFolder) folders.add(inodes)
    return inodes
  }
  for (const name of ['', ...readdirSync(root, { recursive: true, encoding: 'utf8' })]) {
    const path = join(root, name)
    addName(path, statSync(path).isDirectory())
  }
  const initial = new Map(names)
  const inodeOf = (path: string): Inode => {
    const inode = names.get(path)
    if (inode === undefined) throw new Error(`${path} was not recorded`)
    return inode
  }
  const isRecorded = (path: unknown): path is string => typeof path === 'string' && path.startsWith(root)
  function create(path: string, isFolder: boolean): void {
    const inode = addName(path, isFolder)
    operations.push({ type: 'create', path, inode, folder: inodeOf(dirname(path)) })
  }
  function write(inode: Inode, position: unknown, data?: Uint8Array): void {
    if (typeof position !== 'number') throw new TypeError('expected a position')
    operations.push({ type: 'write', inode, position, ...(data && { data }) })
  }

  /** What follows after a function of Node has returned, and what has to be known before. */
  const observers: Readonly<Record<string, (...args: readonly unknown[]) => (result: unknown) => void>> = {
    openSync(path, flags) {
      const isNew = isRecorded(path) && !existsSync(path)
      return (descriptor) => {
        if (!isRecorded(path)) return
        if (isNew) create(path, false)
        open.set(descriptor, inodeOf(path))
        if (typeof flags === 'number' && flags & fs.constants.O_TRUNC) write(inodeOf(path), 0)
      }
    },
    closeSync: (descriptor) => () => open.delete(descriptor),
    writeSync: (descriptor, buffer, offset, _, position) => (written) => {
      const inode = open.get(descriptor)
      if (inode === undefined) return
      if (!ArrayBuffer.isView(buffer)) throw new TypeError('expected bytes')
      const from = buffer.byteOffset + Number(offset)
      write(inode, position, new Uint8Array(buffer.buffer.slice(from, from + Number(written))))
    },
    ftruncateSync: (descriptor, size) => () => {
      const inode = open.get(descriptor)
      if (inode !== undefined) write(inode, size)
    },
    truncateSync: (path, size) => () => {
      if (isRecorded(path)) write(inodeOf(path), size)
    },
    fsyncSync: (descriptor) => () => {
      const inode = open.get(descriptor)
      if (inode !== undefined) operations.push({ type: 'sync', inode })
    },
    mkdirSync: (path) => () => {
      if (isRecorded(path)) create(path, true)
    },
    renameSync: (from, path) => () => {
      if (!isRecorded(from) || !isRecorded(path)) return
      names.set(path, inodeOf(from))
      names.delete(from)
      operations.push({ type: 'rename', from, path, folder: inodeOf(dirname(path)) })
    },
    ...Object.fromEntries(
      ['unlinkSync', 'rmdirSync'].map((name) => [
        name,
        (path: unknown) => () => {
          if (!isRecorded(path)) return
          names.delete(path)
          operations.push({ type: 'remove', path, folder: inodeOf(dirname(path)) })
        },
      ]),
    ),
  }

  const originals = new Map<string, FileFunction>()
  for (const [name, observe] of Object.entries(observers)) {
    const original: FileFunction = Reflect.get(fs, name)
    originals.set(name, original)
    Reflect.set(fs, name, (...args: readonly unknown[]) => {
      const record = observe(...args)
      const result = Reflect.apply(original, fs, args)
      record(result)
      return result
    })
  }
  syncBuiltinESMExports()
  return {
    initial,
    folders,
    operations,
    stop() {
      for (const [name, original] of originals) Reflect.set(fs, name, original)
      syncBuiltinESMExports()
    },
  }
}
