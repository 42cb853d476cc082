import { glob } from 'node:fs/promises'
import {
  countEntries,
  listSharedNames,
  listStubFiles,
  longFile,
  readSourceFiles,
  shortFile,
} from './repository-stats.ts'

// Prints the size of the source and of its parts, for a comparison before and after a change.
const files = await readSourceFiles('src')
const lengths = files.map(({ lines }) => lines).toSorted((a, b) => a - b)
const paths = (await Array.fromAsync(glob('src/**/*.*'))).map((path) => path.replaceAll('\\', '/'))
const [fullest] = countEntries(paths)
const long = files.filter(({ lines }) => lines > longFile)
const stubs = listStubFiles(files)
const shared = listSharedNames(files)

console.table({
  files: files.length,
  lines: lengths.reduce((sum, length) => sum + length, 0),
  'median length of a file': lengths[Math.floor(lengths.length / 2)],
  [`files under ${shortFile} lines`]: lengths.filter((length) => length < shortFile).length,
  [`files under ${shortFile} lines with one importer`]: stubs.length,
  [`files over ${longFile} lines`]: long.length,
  'entries of the fullest folder': fullest && `${fullest[1]} (${fullest[0]})`,
  'exported names with two meanings': shared.length,
})
for (const { path, lines } of [...long, ...stubs]) console.log(`${String(lines).padStart(4)} ${path}`)
for (const [name, where] of shared) console.log(`${name}: ${where.join(', ')}`)
