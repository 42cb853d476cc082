import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { inject } from 'vitest'

/** The content of all files of a database's folder that the template of the databases does not have just so. */
export async function readChangedFiles(folder: string): Promise<Buffer> {
  const template = join(inject('runFolder'), 'database')
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const contents: Buffer[] = []
  for (const entry of entries.filter((one) => one.isFile())) {
    const path = join(entry.parentPath, entry.name)
    const content = await readFile(path)
    const before = await readFile(join(template, relative(folder, path))).catch(() => undefined)
    if (!before?.equals(content)) contents.push(content)
  }
  return Buffer.concat(contents)
}
