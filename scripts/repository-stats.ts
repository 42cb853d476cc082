import { glob, readFile } from 'node:fs/promises'
import { dirname, join, normalize } from 'node:path/posix'
import { parseSync } from 'vite'

/** A file of the repository, as far as its size and its imports go. */
export interface SourceFile {
  readonly path: string
  readonly lines: number
  /** Names that the file itself declares and exports. */
  readonly exports: readonly string[]
  /** Files that it imports, from the root of the repository. */
  readonly imports: readonly string[]
}

/** A file that belongs to the one file that imports it is shorter than this. */
export const shortFile = 15
/** A file that is longer than this has a part that is a file of its own. */
export const longFile = 300
/** Files and folders of a folder. */
export const folderLimit = 16

/** Reads every TypeScript file of the folders. */
export async function readSourceFiles(...folders: readonly string[]): Promise<readonly SourceFile[]> {
  const paths = await Array.fromAsync(glob(folders.map((folder) => `${folder}/**/*.{ts,tsx}`)))
  return Promise.all(
    paths
      .map((path) => path.replaceAll('\\', '/'))
      .toSorted()
      .map(readSourceFile),
  )
}

async function readSourceFile(path: string): Promise<SourceFile> {
  const text = await readFile(path, 'utf8')
  const { module } = parseSync(path, text)
  const entries = module.staticExports.flatMap((statement) => statement.entries)
  const requests = [
    ...module.staticImports.map(({ moduleRequest }) => moduleRequest.value),
    ...entries.flatMap(({ moduleRequest }) => moduleRequest?.value ?? []),
    ...module.dynamicImports.map(({ moduleRequest: { start, end } }) => text.slice(start + 1, end - 1)),
  ]
  return {
    path,
    lines: text.split('\n').length - 1,
    exports: entries.flatMap(({ moduleRequest, exportName: { name } }) =>
      moduleRequest || name === null ? [] : [name],
    ),
    imports: requests
      .filter((request) => request.startsWith('.'))
      .map((request) => normalize(join(dirname(path), request.replace(/\?.*$/, '')))),
  }
}

/** The folders with more entries than the limit, and how many they have. */
export function listFullFolders(paths: readonly string[]): readonly (readonly [string, number])[] {
  return countEntries(paths).filter(([, count]) => count > folderLimit)
}

/** Folders with the number of their entries, the fullest first. */
export function countEntries(paths: readonly string[]): readonly (readonly [string, number])[] {
  const entries = new Map<string, Set<string>>()
  for (const path of paths) {
    const parts = path.split('/')
    for (let depth = 1; depth < parts.length; depth += 1) {
      const folder = parts.slice(0, depth).join('/')
      entries.set(folder, (entries.get(folder) ?? new Set()).add(parts[depth] ?? ''))
    }
  }
  return [...entries].map(([folder, names]) => [folder, names.size] as const).toSorted((a, b) => b[1] - a[1])
}

/** Short files that one other file imports, and that are no chunk, style sheet or entry. */
export function listStubFiles(files: readonly SourceFile[]): readonly SourceFile[] {
  const importers = Map.groupBy(
    files.flatMap(({ path, imports }) => [...new Set(imports)].map((imported) => ({ path, imported }))),
    ({ imported }) => imported,
  )
  return files.filter(
    ({ path, lines }) =>
      lines < shortFile &&
      importers.get(path)?.length === 1 &&
      !/\.chunk\.|\.d\.ts$|\/entries\/|\/index\.ts$/.test(path),
  )
}

/** Exported names that several files declare. */
export function listSharedNames(
  files: readonly SourceFile[],
): readonly (readonly [string, readonly string[]])[] {
  const declared = Map.groupBy(
    files.flatMap(({ path, exports }) => exports.map((name) => ({ name, path }))),
    ({ name }) => name,
  )
  return [...declared]
    .map(([name, found]) => [name, [...new Set(found.map(({ path }) => path))]] as const)
    .filter(([, paths]) => paths.length > 1)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
}
