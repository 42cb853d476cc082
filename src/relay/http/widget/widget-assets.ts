import { readFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Database } from '../../database/database.ts'
import { hashContent } from '../../runtime/hash.ts'
import { version as relayVersion } from '../../runtime/version.ts'

/** The widget's files: those of the built release, and those that earlier releases of this relay have served. */
export interface WidgetAssets {
  /** The version of the built release. Undefined if the widget was not built. */
  readonly version: string | undefined
  /** Finds a file of a version. Without one: of the built release, or of the release that had it last. */
  find(name: string, version?: string): Promise<WidgetAsset | undefined>
  /**
   * The built `form.js` with a statement at its end. Keeps the latest one of each form. The first visitors get it compressed
   * less: the best compression takes as long as the form takes to load.
   */
  formScript(form: string, statement: string): Promise<WidgetAsset | undefined>
}

/** A file as it is served. */
export interface WidgetAsset {
  /** Changes with the content; without quotes. */
  readonly fingerprint: string
  /** The content in an encoding. It is compressed once, apart from what {@link WidgetAssets.formScript} says. */
  encode(encoding: ContentEncoding): Promise<Bytes>
}

type Bytes = Uint8Array<ArrayBuffer>

/** How a body may be sent. */
export type ContentEncoding = 'br' | 'gzip' | 'identity'

/** A built release: its files' contents by name. All are ASCII text. */
interface Release {
  readonly version: string
  readonly files: ReadonlyMap<string, string>
}

/**
 * Opens the files of the widget and stores those of the built release in the database, because pages ask for them after
 * an upgrade, too. `file` is the built `anketa.js`; the files beside it are those that `integrity.json` lists.
 */
export async function openWidgetAssets(
  database: Database,
  file: string | URL | undefined,
): Promise<WidgetAssets> {
  const release = file === undefined ? undefined : await readRelease(file)
  if (release) await storeRelease(database, release)
  const assets = new Map<string, Promise<WidgetAsset>>()
  const formScripts = new Map<string, { readonly statement: string; readonly asset: Promise<WidgetAsset> }>()

  return {
    version: release?.version,

    async find(name, version) {
      const built =
        version === undefined || version === release?.version ? release?.files.get(name) : undefined
      const found =
        built === undefined ? await findStored(database, name, version) : { content: built, version }
      if (!found) return undefined
      const key = `${found.version ?? ''}/${name}`
      const asset = assets.get(key) ?? createAsset(found.content)
      assets.set(key, asset)
      return asset
    },

    async formScript(form, statement) {
      const script = release?.files.get('form.js')
      if (script === undefined) return undefined
      const latest = formScripts.get(form)
      if (latest?.statement === statement) return latest.asset
      const asset = createAsset(`${script}\n${statement}\n`).then(withFastStart)
      formScripts.set(form, { statement, asset })
      return asset
    },
  }
}

async function readRelease(file: string | URL): Promise<Release> {
  const path = file instanceof URL ? fileURLToPath(file) : file
  const folder = dirname(path)
  const text = await readFile(join(folder, 'integrity.json'), 'utf8').catch(() => undefined)
  const listed: { readonly version: string; readonly files: object } =
    text === undefined ? { version: relayVersion, files: { [basename(path)]: undefined } } : JSON.parse(text)
  const names = Object.keys(listed.files).filter((name) => assetNamePattern.test(name))
  const files = await Promise.all(
    names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')] as const),
  )
  return { version: listed.version, files: new Map(files) }
}

/** The name of a file of the widget. */
const assetNamePattern = /^[\w-][\w.+-]*\.(js|css)$/

async function storeRelease(database: Database, { version, files }: Release): Promise<void> {
  for (const [name, content] of files)
    await database.query(
      `insert into anketa.widget_files (version, name, content) values ($1, $2, $3)
       on conflict (version, name) do update set content = excluded.content
       where widget_files.content <> excluded.content`,
      [version, name, content],
    )
}

async function findStored(
  database: Database,
  name: string,
  version?: string,
): Promise<{ readonly content: string; readonly version: string } | undefined> {
  const [row] = await database.query<{ content: string; version: string }>(
    `select content, version from anketa.widget_files
     where name = $1 and ($2::text is null or version = $2) order by stored_at desc limit 1`,
    [name, version ?? null],
  )
  return row
}

async function createAsset(text: string): Promise<WidgetAsset & { readonly content: Bytes }> {
  const content = new TextEncoder().encode(text)
  const encoded = new Map<ContentEncoding, Promise<Bytes>>()
  return {
    content,
    fingerprint: await hashContent(content),
    encode(encoding) {
      const bytes = encoded.get(encoding) ?? compress(content, encoding)
      encoded.set(encoding, bytes)
      return bytes
    },
  }
}

/** Compresses a file fast for those who ask for it before it is compressed as well as it can be. Both give the same content. */
function withFastStart(asset: WidgetAsset & { readonly content: Bytes }): WidgetAsset {
  let isReady = false
  let fast: Promise<Bytes> | undefined
  return {
    fingerprint: asset.fingerprint,
    encode(encoding) {
      const best = asset.encode(encoding)
      if (encoding !== 'br' || isReady) return best
      best.then(
        () => (isReady = true),
        // The next request fails with the same error.
        () => undefined,
      )
      return (fast ??= compressBrotli(asset.content, fastQuality))
    },
  }
}

/** Takes 5 ms for the script of a form, where the best one takes some 200 ms, and gives 7% more bytes. */
const fastQuality = 7

async function compress(content: Bytes, encoding: ContentEncoding): Promise<Bytes> {
  if (encoding === 'identity') return content
  return encoding === 'gzip'
    ? Uint8Array.from(await promisify(gzip)(content, { level: 9 }))
    : compressBrotli(content, constants.BROTLI_MAX_QUALITY)
}

async function compressBrotli(content: Bytes, quality: number): Promise<Bytes> {
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: quality,
    [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
  }
  return Uint8Array.from(await promisify(brotliCompress)(content, { params }))
}
