import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync } from 'node:zlib'

/** The version of the recorded files. */
export const recordedVersion = '0.0.9'

const recording = new URL(`../fixtures/widget-${recordedVersion}/widget-files.json.br`, import.meta.url)

/** The files of the widget that an older relay has stored, by name. */
export async function readRecordedRelease(): Promise<ReadonlyMap<string, string>> {
  const rows: readonly { readonly name: string; readonly content: string }[] = JSON.parse(
    brotliDecompressSync(await readFile(recording)).toString(),
  )
  return new Map(rows.map(({ name, content }) => [name, content]))
}

/** Writes the recorded files to a folder that a relay can serve; the caller removes it. */
export async function unpackRecordedRelease(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'anketa-recorded-'))
  const files = await readRecordedRelease()
  for (const [name, content] of files) await writeFile(join(folder, name), content)
  const report = {
    version: recordedVersion,
    files: Object.fromEntries([...files.keys()].map((name) => [name, ''])),
  }
  await writeFile(join(folder, 'integrity.json'), JSON.stringify(report))
  return folder
}
