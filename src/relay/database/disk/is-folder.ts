import { existsSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

/** Whether a path names a folder, or nothing yet where one can be made. */
export function isFolder(path: string): boolean {
  const own = resolve(path)
  return existsSync(own) ? statSync(own).isDirectory() : isFolder(dirname(own))
}
