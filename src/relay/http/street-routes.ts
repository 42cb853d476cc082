import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { check, object, optional, pipe, safeParse, string } from 'valibot'
import { isCityKladr, isStreetKladr } from '../../fields/place/kladr.ts'
import { type FormDefinition, findFieldDefinition } from '../../form/definition.ts'
import { parseJson } from '../../providers/core/json.ts'
import type { FormConfig } from '../config/form-config.ts'
import type { StreetStore } from '../places/streets/street-store.ts'
import { type FormHonoEnv, hasJsonType } from './lead-routes.ts'
import { contentTypeResponse, errorResponse, notJsonResponse, uncachedJson } from './responses.ts'

/** What the routes of streets and houses depend on. */
export interface StreetRoutesDeps {
  readonly streetStore: StreetStore
  readonly definitionOf: (form: FormConfig) => FormDefinition
}

/** A code, and a query of {@link maxQueryLength} characters that are all escaped. */
const maxBodyBytes = 2048

/** Characters. The rest of a longer query is ignored. */
const maxQueryLength = 100

const query = optional(string(), '')
const streetsSchema = object({ city: pipe(string(), check(isCityKladr)), query })
const housesSchema = object({ street: pipe(string(), check(isStreetKladr)), query })

/**
 * The routes below `/forms/:form` for the streets of a city and the houses of a street. The form must exist. Where a person
 * lives is personal data: it is never part of a URL, and no cache keeps the answer.
 */
export function streetRoutes({ streetStore, definitionOf }: StreetRoutesDeps): Hono<FormHonoEnv> {
  const routes = new Hono<FormHonoEnv>()
  const limit = bodyLimit({
    maxSize: maxBodyBytes,
    onError: () => errorResponse('too-large', `A query has at most ${maxBodyBytes} bytes.`),
  })

  routes.post('/forms/:form/streets', limit, async (context) => {
    const json = await readJson(context)
    if (json instanceof Response) return json
    const asked = safeParse(streetsSchema, json)
    if (!asked.success)
      return errorResponse(
        'parameter',
        'Expected JSON: { "city", "query" }, the KLADR code of a city (13 digits) and what was typed.',
      )
    const { city, query: text } = asked.output
    const answer = asksForStreet(definitionOf(context.var.form))
      ? await streetStore.findStreets({ city, text: cutQuery(text) })
      : undefined
    return answer ? uncachedJson(answer) : notFoundResponse('streets', 'STREET.DBF')
  })

  routes.post('/forms/:form/houses', limit, async (context) => {
    const json = await readJson(context)
    if (json instanceof Response) return json
    const asked = safeParse(housesSchema, json)
    if (!asked.success)
      return errorResponse(
        'parameter',
        'Expected JSON: { "street", "query" }, the KLADR code of a street (17 digits) and what was typed.',
      )
    const { street, query: text } = asked.output
    const answer = asksForStreet(definitionOf(context.var.form))
      ? await streetStore.findHouses({ street, text: cutQuery(text) })
      : undefined
    return answer ? uncachedJson(answer) : notFoundResponse('houses', 'DOMA.DBF')
  })

  return routes
}

/** Whether a form asks for the city and the street of an address. */
export function asksForStreet(definition: FormDefinition): boolean {
  return ['registration', 'residence', 'jobLocation'].some((name) => findFieldDefinition(definition, name))
}

async function readJson(context: Context<FormHonoEnv>): Promise<unknown> {
  if (!hasJsonType(context)) return contentTypeResponse()
  const json = parseJson(await context.req.text())
  return json === undefined ? notJsonResponse() : json
}

/** Array.from splits by code points, so a surrogate pair stays whole. */
function cutQuery(text: string): string {
  return Array.from(text).slice(0, maxQueryLength).join('')
}

function notFoundResponse(what: string, file: string): Response {
  return errorResponse(
    'not-found',
    `This form has no ${what}: it asks for no address, or none were imported ("anketa-relay places import ${file}").`,
  )
}
