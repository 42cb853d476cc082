import type { Fetch } from '../../../delivery/send-http.ts'
import { timeoutSignal } from '../../../delivery/timeout-signal.ts'
import { type LogoSource, logoTypes, maxLogoBytes } from '../../config/definitions/logos.ts'
import { describeError, type Log } from '../../log.ts'

/** An image as it is served. */
export interface LogoFile {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly type: string
}

/** Finds the content of logos; `undefined` where an address did not give one. */
export type LogoFiles = (source: LogoSource) => Promise<LogoFile | undefined>

const timeoutMs = 5000

/** After how long a logo that was not fetched is asked for again, in milliseconds. */
const retryMs = 60_000

/** Creates what fetches each logo once, when a browser first asks for it, and keeps it in memory. */
export function createLogoFiles(fetch: Fetch, log: Log, now: () => number): LogoFiles {
  const fetched = new Map<string, { readonly file: Promise<LogoFile | undefined>; readonly at: number }>()
  return async (source) => {
    if ('bytes' in source) return source
    const known = fetched.get(source.url)
    const found = known && (await known.file)
    if (found) return found
    if (known && now() - known.at < retryMs) return undefined
    const file = fetchLogo(source.url, fetch).catch((error: unknown) => {
      // The address is the operator's own, but it may hold a key.
      log('warning', 'The logo of an offer could not be fetched', {
        host: new URL(source.url).host,
        fault: describeError(error),
      })
      return undefined
    })
    fetched.set(source.url, { file, at: now() })
    return file
  }
}

async function fetchLogo(url: string, fetch: Fetch): Promise<LogoFile> {
  const { signal, stop } = timeoutSignal(timeoutMs)
  try {
    const response = await fetch(url, { signal })
    const type = response.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? ''
    if (!response.ok) throw new Error(`it answered ${response.status}`)
    if (!Object.values(logoTypes).includes(type)) throw new Error('it is no image')
    return { bytes: await readLimited(response), type }
  } finally {
    stop()
  }
}

/** Reads the content piece by piece, and no further than a logo may be long. */
async function readLimited({ body }: Response): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = []
  let length = 0
  // Leaving the loop cancels what has not come yet.
  for await (const chunk of body ?? []) {
    length += chunk.length
    if (length > maxLogoBytes) throw new Error(`it has more than ${maxLogoBytes / 1024} kB`)
    chunks.push(chunk)
  }
  return Uint8Array.from(Buffer.concat(chunks))
}
