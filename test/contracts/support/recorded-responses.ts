import { readdir, readFile } from 'node:fs/promises'

/** An answer that is kept as a file, `200-accepted.txt`: its status, its name, its body to the letter. */
export interface RecordedResponse {
  readonly name: string
  readonly status: number
  readonly body: string
}

/** Reads the answers of one provider, in the order of their names. */
export async function loadRecordedResponses(provider: string): Promise<readonly RecordedResponse[]> {
  const folder = new URL(`../../fixtures/${provider}/`, import.meta.url)
  const files = (await readdir(folder)).toSorted()
  return Promise.all(
    files.map(async (file) => ({
      name: file.replace(/\.txt$/, ''),
      status: Number.parseInt(file, 10),
      body: await readFile(new URL(file, folder), 'utf8'),
    })),
  )
}
