import { mkdtemp, readdir, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createBuilder } from 'vite'
import { pagesConfig } from '../../vite.config.ts'

/** Builds the files for pages as a release of another version into a folder of its own; the caller removes it. */
export async function buildPageFiles(release?: string): Promise<string> {
  const outDir = await mkdtemp(join(tmpdir(), 'anketa-page-files-'))
  const config = pagesConfig(release)
  const builder = await createBuilder({
    ...config,
    configFile: false,
    logLevel: 'error',
    build: { ...config.build, outDir },
  })
  await builder.buildApp()
  return outDir
}

/** Reads the scripts of a folder, by file name. */
export async function readScripts(folder: string): Promise<ReadonlyMap<string, string>> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.js')).toSorted()
  return new Map(
    await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')] as const)),
  )
}
