import { Hono } from 'hono'
import type { CampaignSettings } from '../../campaigns/campaign-settings.ts'
import type { RelayConfig } from '../../config/config.ts'
import { publicCorsHeaders } from '../cors.ts'
import type { DepartmentStore } from '../../places/departments/department-store.ts'
import type { StreetStore } from '../../places/streets/street-store.ts'
import { createServedDefinition } from '../form-routes.ts'
import type { LogoFiles } from '../html/logo-files.ts'
import { type ErrorCode, errorResponse, matchesEtag } from '../responses.ts'
import type { ContentEncoding, WidgetAsset, WidgetAssets } from './widget-assets.ts'

/** Where the files of the widget and the logos of offers are. */
export const widgetPath: RegExp =
  /^\/(?:(?:v\/[^/]+\/|forms\/[^/]+\/)?[^/]+\.(?:js|css)|forms\/[^/]+\/logos\/[^/]+)$/

/** Files whose address stays while their content changes. Others have a version or a hash of the content in their address. */
const changingFiles: readonly string[] = ['anketa.js', 'anketa-stub.js', 'form.js']

const immutable = 'public, max-age=31536000, immutable'
const shortLived = 'public, max-age=300'
/** As the definition's own. */
const withDefinition = 'public, max-age=60'

/** Serves the files of the widget to pages of any origin: `/<file>`, `/v/<version>/<file>`, `/forms/<form>/<file>`. */
export function widgetRoutes(
  { forms, statistics }: RelayConfig,
  {
    widgetAssets,
    campaigns,
    departmentStore,
    streetStore,
    logoFiles,
  }: {
    readonly widgetAssets: WidgetAssets
    readonly campaigns: CampaignSettings
    readonly departmentStore: Pick<DepartmentStore, 'count'>
    readonly streetStore: Pick<StreetStore, 'counts'>
    readonly logoFiles: LogoFiles
  },
): Hono {
  const routes = new Hono()

  routes.get('/:file{[^/]+\\.(?:js|css)}', async ({ req }) => {
    const { file } = req.param()
    if (changingFiles.includes(file)) return respond(req.raw, await findBuilt(file), shortLived)
    // The pinned loader is a file of its version.
    const [, version] = /^anketa-(\d.*)\.js$/.exec(file) ?? []
    return respond(req.raw, await widgetAssets.find(file, version), immutable)
  })

  routes.get('/v/:version/:file{[^/]+\\.(?:js|css)}', async ({ req }) => {
    const { version, file } = req.param()
    return respond(req.raw, await widgetAssets.find(file, version), immutable)
  })

  routes.get('/forms/:form/form.js', async ({ req }) => {
    const id = req.param('form')
    const found = forms.get(id)
    if (!found) return notFound('unknown-form', 'This relay has no form of that name.')
    if ('problems' in found)
      return notFound(
        'form-refused',
        'This form is not set up correctly: /healthz of this relay tells what is wrong.',
      )
    // The address is a module's identity: chunks import this file without a query.
    if (new URL(req.url).search) return fileResponse("import './form.js'\n", shortLived)
    const definition = createServedDefinition(campaigns.definitionOf(found.form), {
      hasStatistics: statistics,
      hasDepartments: departmentStore.count() > 0,
      hasStreets: streetStore.counts().streets > 0,
      looks: found.form.looks,
    })
    const statement = `;import.meta.form=${toAscii(JSON.stringify(definition))}`
    return respond(req.raw, await widgetAssets.formScript(id, statement), withDefinition)
  })

  routes.get('/forms/:form/:file{[^/]+\\.(?:js|css)}', async ({ req }) =>
    respond(req.raw, await widgetAssets.find(req.param('file')), immutable),
  )

  routes.get('/forms/:form/logos/:file', async ({ req }) => {
    const found = forms.get(req.param('form'))
    const source = found && 'form' in found ? found.form.logos.get(req.param('file')) : undefined
    const logo = source && (await logoFiles(source))
    if (!logo) return notFound('not-found', 'No offer of this form has a logo of that name.')
    return fileResponse(logo.bytes, immutable, { 'content-type': logo.type, ...logoHeaders })
  })

  /** A file of the built release, never one of an earlier release. */
  async function findBuilt(file: string): Promise<WidgetAsset | undefined> {
    const { version } = widgetAssets
    return version === undefined ? undefined : widgetAssets.find(file, version)
  }

  async function respond(
    request: Request,
    asset: WidgetAsset | undefined,
    caching: string,
  ): Promise<Response> {
    if (!asset)
      return notFound(
        'not-found',
        widgetAssets.version === undefined
          ? 'This relay was started without the widget: it was not built.'
          : 'This relay has never served a file of that name: /anketa.js is the newest version of the widget.',
      )
    const encoding = negotiateEncoding(request.headers.get('accept-encoding') ?? '')
    const headers = {
      etag: `"${asset.fingerprint}-${encoding}"`,
      ...(new URL(request.url).pathname.endsWith('.css')
        ? { 'content-type': 'text/css; charset=utf-8' }
        : {}),
    }
    if (matchesEtag(request.headers.get('if-none-match') ?? undefined, headers.etag))
      return fileResponse(null, caching, headers)
    return fileResponse(await asset.encode(encoding), caching, {
      ...headers,
      ...(encoding === 'identity' ? {} : { 'content-encoding': encoding }),
    })
  }

  return routes
}

/** An SVG that is opened by its address runs no script of its own. */
const logoHeaders = { 'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox" }

/** A script, unless the headers say otherwise. */
function fileResponse(
  body: Uint8Array<ArrayBuffer> | string | null,
  caching: string,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return new Response(body, {
    status: body === null ? 304 : 200,
    headers: {
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': caching,
      vary: 'Accept-Encoding',
      // Modules, and scripts with an integrity attribute, are fetched with CORS.
      ...publicCorsHeaders,
      'cross-origin-resource-policy': 'cross-origin',
      ...headers,
    },
  })
}

/** Pages of any origin may read why a file is missing. */
function notFound(code: ErrorCode, message: string): Response {
  const response = errorResponse(code, message)
  for (const [name, value] of Object.entries(publicCorsHeaders)) response.headers.set(name, value)
  return response
}

/** JSON that is also JavaScript, whatever a page takes for the encoding of the script. */
function toAscii(json: string): string {
  return json.replace(
    /[\u007f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

function negotiateEncoding(accepted: string): ContentEncoding {
  const names = accepted
    .split(',')
    .map((part) => part.trim().toLowerCase())
    .filter((part) => !/;\s*q=0(\.0*)?$/.test(part))
    .map((part) => part.replace(/;.*$/, '').trim())
  if (names.includes('br')) return 'br'
  return names.includes('gzip') ? 'gzip' : 'identity'
}
