import { readdir, readFile } from 'node:fs/promises'

/**
 * A response recorded in a file such as `200-accepted.txt`: the status is in its name, the body is its exact content.
 */
export interface RecordedResponse {
  readonly name: string
  readonly status: number
  readonly body: string
}

/** Loads the recorded responses of one provider, ordered by name. */
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
