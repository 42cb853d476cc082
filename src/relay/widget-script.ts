import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { fingerprint } from './fingerprint.ts'

/** The widget, or a part of it that pages load on demand, as it is served: compressed once. */
export interface WidgetScript {
  /** Changes with the content; without quotes. */
  readonly fingerprint: string
  readonly encodings: Readonly<Record<Encoding, Uint8Array<ArrayBuffer>>>
}

/** How a body may be sent. */
export type Encoding = 'br' | 'gzip' | 'identity'

/** Reads and compresses a file of the widget. */
export async function readWidgetScript(file: string | URL): Promise<WidgetScript> {
  const plain = await readFile(file)
  const [br, gz] = await Promise.all([
    promisify(brotliCompress)(plain, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: plain.length } }),
    promisify(gzip)(plain, { level: 9 }),
  ])
  return {
    fingerprint: await fingerprint(plain),
    encodings: { br: Uint8Array.from(br), gzip: Uint8Array.from(gz), identity: Uint8Array.from(plain) },
  }
}
