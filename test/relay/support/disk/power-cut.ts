import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import type { Random } from '../../../support/random.ts'
import type { DiskOperation, DiskRecording, Inode } from './record-disk.ts'

/** A disk that loses its power. */
export interface PowerCut {
  readonly recording: DiskRecording
  /** The recorded folder, and a copy of it from when the recording began. */
  readonly root: string
  readonly baseline: string
  /** How many operations there are before the cut. */
  readonly at: number
  readonly random: Random
  /** Whether nobody has asked the disk to sync anything. */
  readonly withoutSync?: boolean
}

/**
 * Writes to `target` what the disk holds afterwards: what was synced before the cut, and by chance some of the rest. A
 * sync of a file keeps its content, a sync of a folder the names of its entries. Entries of one folder change in order.
 */
export function restoreAfterPowerCut(target: string, cut: PowerCut): void {
  const { recording, root, baseline, random } = cut
  const operations = recording.operations.slice(0, cut.at)
  const lastSyncs = new Map<Inode, number>()
  for (const [index, operation] of operations.entries())
    if (operation.type === 'sync' && !cut.withoutSync) lastSyncs.set(operation.inode, index)
  const isSynced = (inode: Inode, index: number): boolean => index < (lastSyncs.get(inode) ?? -1)

  const names = new Map(recording.initial)
  const writes = new Map<Inode, (DiskOperation & { type: 'write' })[]>()
  const foldersWithLoss = new Set<Inode>()
  for (const [index, operation] of operations.entries()) {
    if (operation.type === 'sync') continue
    if (operation.type === 'write') {
      if (!isSynced(operation.inode, index) && random.below(2) === 0) continue
      writes.set(operation.inode, [...(writes.get(operation.inode) ?? []), operation])
      continue
    }
    if (!isSynced(operation.folder, index)) {
      if (random.below(2) === 0) foldersWithLoss.add(operation.folder)
      if (foldersWithLoss.has(operation.folder)) continue
    }
    applyToNames(names, operation)
  }

  const originals = new Map([...recording.initial].map(([path, inode]) => [inode, path]))
  const inTarget = (path: string): string => join(target, relative(root, path))
  const readOriginal = (inode: Inode): Buffer => {
    const path = originals.get(inode)
    return path === undefined ? Buffer.alloc(0) : readFileSync(join(baseline, relative(root, path)))
  }
  cpSync(baseline, target, { recursive: true })
  for (const [path, inode] of recording.initial)
    if (names.get(path) !== inode) rmSync(inTarget(path), { recursive: true, force: true })
  for (const [path, inode] of [...names].toSorted(([one], [other]) => one.length - other.length)) {
    const isUnchanged = recording.initial.get(path) === inode && !writes.has(inode)
    // An entry is lost with its folder.
    if (isUnchanged || !existsSync(dirname(inTarget(path)))) continue
    if (recording.folders.has(inode)) mkdirSync(inTarget(path), { recursive: true })
    else writeFileSync(inTarget(path), applyWrites(readOriginal(inode), writes.get(inode) ?? []))
  }
}

function applyToNames(
  names: Map<string, Inode>,
  operation: Exclude<DiskOperation, { type: 'write' | 'sync' }>,
): void {
  if (operation.type === 'create') names.set(operation.path, operation.inode)
  else if (operation.type === 'remove') names.delete(operation.path)
  else {
    const inode = names.get(operation.from)
    names.delete(operation.from)
    if (inode !== undefined) names.set(operation.path, inode)
  }
}

function applyWrites(content: Buffer, writes: readonly (DiskOperation & { type: 'write' })[]): Buffer {
  let size = content.length
  let bytes = content
  for (const { position, data } of writes) {
    if (!data) {
      bytes = resize(bytes, position)
      bytes.fill(0, Math.min(size, position), position)
      size = position
      continue
    }
    const end = position + data.length
    if (end > bytes.length) bytes = resize(bytes, Math.max(end, 2 * bytes.length))
    bytes.set(data, position)
    size = Math.max(size, end)
  }
  return bytes.subarray(0, size)
}

function resize(bytes: Buffer, size: number): Buffer {
  const resized = Buffer.alloc(size)
  bytes.copy(resized, 0, 0, Math.min(bytes.length, size))
  return resized
}
