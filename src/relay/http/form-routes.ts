import { Hono } from 'hono'
import type { FormDefinition } from '../../form/definition.ts'
import type { ServedDefinition } from '../../form/served/served-definition.ts'
import { selectServedTexts } from '../../i18n/ru/served-texts.ts'
import type { RelayConfig } from '../config/config.ts'
import type { FormConfig, FormLooks } from '../config/form-config.ts'
import { hashContent } from '../runtime/hash.ts'
import { corsHeaders, isOriginAllowed, preflightResponse, publicCorsHeaders } from './cors.ts'
import { type FormHonoEnv, type LeadRoutesDeps, leadRoutes } from './lead-routes.ts'
import type { EventCounts } from '../leads/statistics/event-counts.ts'
import { eventRoutes } from './statistics/event-routes.ts'
import { asksForDepartment, placeRoutes, type PlaceRoutesDeps } from './place-routes.ts'
import { asksForStreet, streetRoutes, type StreetRoutesDeps } from './street-routes.ts'
import { cacheableJson, errorResponse, uncachedJson } from './responses.ts'

/** Dependencies of {@link formRoutes}. */
export interface FormRoutesDeps
  extends LeadRoutesDeps, Omit<PlaceRoutesDeps & StreetRoutesDeps, 'definitionOf'> {
  /** Counts of what people do in forms; `undefined` if nothing is counted. */
  readonly eventCounts: EventCounts | undefined
}

/** The routes below `/forms/:form`: the definition, leads and directories. */
export function formRoutes(
  { forms, publicUrl, trustProxy, statistics }: RelayConfig,
  deps: FormRoutesDeps,
): Hono<FormHonoEnv> {
  const routes = new Hono<FormHonoEnv>()
  const definitionOf = (form: FormConfig): FormDefinition => deps.campaigns.definitionOf(form)

  routes.use('/forms/:form/*', async (context, next) => {
    const { req } = context
    const result = forms.get(req.param('form'))
    if (!result) return publicErrorResponse('unknown-form', unknownFormText)
    if ('problems' in result) return publicErrorResponse('form-refused', refusedFormText)
    context.set('form', result.form)
    if ((req.method === 'GET' || req.method === 'HEAD') && req.path === `/forms/${req.param('form')}`) {
      // The definition is public: `origins` protects leads and places.
      await next()
      setHeaders(context.res.headers, publicCorsHeaders)
      return undefined
    }
    const origin = req.header('origin')
    if (origin === undefined) {
      await next()
    } else if (!isOriginAllowed(origin, result.form.origins, { requestUrl: req.url, publicUrl })) {
      context.res = publicErrorResponse('origin', origin === 'null' ? opaqueOriginText : foreignOriginText)
    } else if (req.method === 'OPTIONS') {
      context.res = preflightResponse()
      setHeaders(context.res.headers, corsHeaders(origin))
    } else {
      await next()
      setHeaders(context.res.headers, corsHeaders(origin))
    }
    context.res.headers.append('vary', 'Origin')
    return undefined
  })

  routes.get('/forms/:form', async ({ req, var: { form } }) => {
    const definition = JSON.stringify(
      createServedDefinition(definitionOf(form), {
        hasStatistics: statistics,
        hasDepartments: deps.departmentStore.count() > 0,
        hasStreets: deps.streetStore.counts().streets > 0,
        looks: form.looks,
      }),
    )
    const caching = { etag: `"${await hashContent(definition)}"`, cacheControl: 'public, max-age=60' }
    return cacheableJson(req.header('if-none-match'), caching, () => definition)
  })

  routes.get('/forms/:form/challenge', async ({ req }) =>
    uncachedJson(await deps.protection.createChallenge(req.param('form'))),
  )

  routes.route('/', leadRoutes(trustProxy, deps))
  routes.route('/', placeRoutes({ ...deps, definitionOf }))
  routes.route('/', streetRoutes({ ...deps, definitionOf }))
  routes.route('/', eventRoutes({ ...deps, definitionOf }))
  return routes
}

/** What a relay has beside the definitions of its forms. */
export interface ServedFeatures {
  readonly hasStatistics?: boolean
  /** Whether a directory of departments that issue passports is imported. */
  readonly hasDepartments?: boolean
  /** Whether a directory of streets is imported. */
  readonly hasStreets?: boolean
  readonly looks?: FormLooks | undefined
}

/** Adds to a definition the texts of the step that is shown first: of the steps up to one that is always shown. */
export function createServedDefinition(
  definition: FormDefinition,
  { hasStatistics = false, hasDepartments = false, hasStreets = false, looks }: ServedFeatures = {},
): ServedDefinition {
  const { steps } = definition
  const certain = steps.findIndex(({ when }) => when === undefined)
  const first = certain < 0 ? steps : steps.slice(0, certain + 1)
  const names = first.flatMap(({ fields }) => fields.map(({ name }) => name))
  return {
    ...definition,
    texts: selectServedTexts(
      names,
      first.some(({ kind }) => kind === 'calculator'),
    ),
    ...(looks ? { looks } : {}),
    ...(hasStatistics ? { statistics: true } : {}),
    ...(hasDepartments && asksForDepartment(definition) ? { departments: true } : {}),
    ...(hasStreets && asksForStreet(definition) ? { streets: true } : {}),
  }
}

const unknownFormText =
  'There is no form of that name here: compare the last part of the address (data-relay) with the names under "forms" in the relay\'s configuration.'
const refusedFormText =
  'This form is not set up correctly: /healthz of this relay lists the problems of its configuration. Correct them and have the relay read its configuration again.'
const foreignOriginText =
  'Pages of this origin may not use the form: add the page\'s origin (https://…, without a path) to "origins" of the form in the relay\'s configuration.'
const opaqueOriginText =
  'This page has no origin (it was opened from a file or in a sandboxed frame): serve it from a web address, and add that to "origins" of the form in the relay\'s configuration, or add "null" there for a sandboxed frame.'

/** An error that any page may read: it holds no data, only advice for the page's author. */
function publicErrorResponse(...error: Parameters<typeof errorResponse>): Response {
  const response = errorResponse(...error)
  setHeaders(response.headers, publicCorsHeaders)
  return response
}

function setHeaders(headers: Headers, values: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(values)) headers.set(name, value)
}
