import { readdir, readFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { version } from '../version.ts'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { hashContent } from '../hash.ts'

/** All that the relay serves of the widget, by path. */
export type WidgetAssets = ReadonlyMap<string, WidgetAsset>

/** Addresses of the widget itself: one that always has the newest, and one that never changes. */
const entryPaths: readonly string[] = ['/anketa.js', `/anketa-${version}.js`]

/** Reads the widget's file, and what stands beside it: `anketa-stub.js`, and its parts, `anketa-<version>-<part>.js`. */
export async function loadWidgetAssets(file: string | URL): Promise<WidgetAssets> {
  const path = file instanceof URL ? fileURLToPath(file) : file
  const folder = dirname(path)
  const parts = (await readdir(folder)).filter(
    (name) => name !== basename(path) && assetNamePattern.test(name),
  )
  const widget = await loadWidgetAsset(path)
  return new Map([
    ...(await Promise.all(
      parts.map(async (name) => [`/${name}`, await loadWidgetAsset(join(folder, name))] as const),
    )),
    ...entryPaths.map((own) => [own, widget] as const),
  ])
}

/** A part of the script, or what keeps a page's calls until the script is there. */
const assetNamePattern = /^anketa-(?:stub|\d[\w.+-]*-[a-z]+)\.js$/

/** The widget, or a part of it that pages load on demand, as it is served: compressed once. */
export interface WidgetAsset {
  /** Changes with the content; without quotes. */
  readonly fingerprint: string
  readonly encodings: Readonly<Record<ContentEncoding, Uint8Array<ArrayBuffer>>>
}

/** How a body may be sent. */
export type ContentEncoding = 'br' | 'gzip' | 'identity'

/** Reads and compresses a file of the widget. */
export async function loadWidgetAsset(file: string | URL): Promise<WidgetAsset> {
  const plain = await readFile(file)
  const [br, gz] = await Promise.all([
    promisify(brotliCompress)(plain, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: plain.length } }),
    promisify(gzip)(plain, { level: 9 }),
  ])
  return {
    fingerprint: await hashContent(plain),
    encodings: { br: Uint8Array.from(br), gzip: Uint8Array.from(gz), identity: Uint8Array.from(plain) },
  }
}
