import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { compress } from 'hono/compress'
import { check, object, pipe, safeParse, string } from 'valibot'
import { fields } from '../../fields/fields.ts'
import { type FormDefinition, findFieldDefinition } from '../../form/definition.ts'
import { parseJson } from '../../providers/core/json.ts'
import type { DepartmentStore } from '../places/departments/department-store.ts'
import type { PlaceService } from '../places/place-service.ts'
import type { FormConfig } from '../config/form-config.ts'
import { version } from '../runtime/version.ts'
import { type FormHonoEnv, hasJsonType } from './lead-routes.ts'
import {
  cacheableJson,
  contentTypeResponse,
  errorResponse,
  notJsonResponse,
  uncachedJson,
} from './responses.ts'

/** What the routes of directories depend on. */
export interface PlaceRoutesDeps {
  readonly placeService: PlaceService
  readonly departmentStore: DepartmentStore
  readonly definitionOf: (form: FormConfig) => FormDefinition
}

/** Characters. The rest of a longer query is ignored. */
const maxQueryLength = 100

/** A department code has seven characters. */
const maxDepartmentBytes = 256

const departmentSchema = object({
  code: pipe(
    string(),
    check((text) => safeParse(fields.passportIssuedCode.kind.schema, text).success),
  ),
})

/** How long caches keep what a directory has answered. */
const directoryCaching = 'public, max-age=300, stale-while-revalidate=86400, stale-if-error=604800'

/** The routes below `/forms/:form` for regions, cities, and departments that issue passports. The form must exist. */
export function placeRoutes({
  placeService,
  departmentStore,
  definitionOf,
}: PlaceRoutesDeps): Hono<FormHonoEnv> {
  const routes = new Hono<FormHonoEnv>()
  routes.use(compress())

  routes.get('/forms/:form/regions', ({ req }) => {
    const form = req.param('form')
    return cacheableJson(req.header('if-none-match'), cachingOf('regions', form), () =>
      JSON.stringify({ regions: placeService.regions(form) }),
    )
  })

  routes.get('/forms/:form/cities', ({ req }) => {
    const form = req.param('form')
    const parameters = new URL(req.url).searchParams
    for (const name of new Set(parameters.keys())) {
      if (name !== 'region' && name !== 'query') {
        return errorResponse(
          'parameter',
          `There is no parameter ${quoteName(name)}: use "region" (an id from …/regions) and "query" (what was typed).`,
        )
      }
      if (parameters.getAll(name).length > 1) return errorResponse('parameter', `Give "${name}" once.`)
    }
    const regionId = parameters.get('region') || undefined
    if (regionId !== undefined && !placeService.region(form, regionId)) {
      return errorResponse(
        'parameter',
        'There is no region of that id: "region" takes an id from …/regions of this form, as "devtek:40" or "kladr:7200000000000".',
      )
    }
    // Array.from splits by code points, so a surrogate pair stays whole.
    const text = Array.from(parameters.get('query') ?? '')
      .slice(0, maxQueryLength)
      .join('')
    return cacheableJson(req.header('if-none-match'), cachingOf('cities', form), async () =>
      JSON.stringify(await placeService.cities(form, { regionId, text })),
    )
  })

  // The code is personal data: it is never part of a URL, and no cache keeps the answer.
  routes.post(
    '/forms/:form/departments',
    bodyLimit({
      maxSize: maxDepartmentBytes,
      onError: () => errorResponse('too-large', `A department code has at most ${maxDepartmentBytes} bytes.`),
    }),
    async (context) => {
      const { req, var: variables } = context
      if (!hasJsonType(context)) return contentTypeResponse()
      const json = parseJson(await req.text())
      if (json === undefined) return notJsonResponse()
      const asked = safeParse(departmentSchema, json)
      if (!asked.success)
        return errorResponse('parameter', 'Expected JSON: { "code" }, a department code such as 770-001.')
      const names = asksForDepartment(definitionOf(variables.form))
        ? await departmentStore.find(asked.output.code)
        : undefined
      return names
        ? uncachedJson({ departments: names })
        : errorResponse(
            'not-found',
            'This form has no names of departments: it does not ask for the code and the name, or no directory was imported ("anketa-relay passports import").',
          )
    },
  )

  /** The same ETag serves all queries of a list: caches keep responses by URL. */
  function cachingOf(list: 'regions' | 'cities', form: string) {
    return {
      etag: `"${version}-${list}-${placeService.contentVersion(form)}"`,
      cacheControl: placeService.hasCities(form)
        ? directoryCaching
        : // No list is loaded yet.
          'public, max-age=30, stale-if-error=604800',
    }
  }

  return routes
}

/** Whether a form asks for the code of the department that issued a passport, and for its name. */
export function asksForDepartment(definition: FormDefinition): boolean {
  return ['passportIssuedCode', 'passportIssuedBy'].every((name) => findFieldDefinition(definition, name))
}

function quoteName(name: string): string {
  return JSON.stringify(name.slice(0, 40).toWellFormed())
}
