import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { FormDefinition } from '../../../form/definition.ts'
import { parseJson } from '../../../providers/core/json.ts'
import type { FormConfig } from '../../config/form-config.ts'
import type { EventCounts } from '../../leads/statistics/event-counts.ts'
import type { FormHonoEnv } from '../lead-routes.ts'
import { errorResponse, notJsonResponse } from '../responses.ts'
import { parsePageEvent } from './parse-event.ts'

/** Dependencies of {@link eventRoutes}. */
export interface EventRoutesDeps {
  /** `undefined` if nothing is counted. */
  readonly eventCounts: EventCounts | undefined
  /** The definition of a form as pages get it. */
  readonly definitionOf: (form: FormConfig) => FormDefinition
}

const maxEventBytes = 2048

/** `POST /forms/:form/events`: counts what people do in a form, without a person, an address or a value. */
export function eventRoutes({ eventCounts, definitionOf }: EventRoutesDeps): Hono<FormHonoEnv> {
  const routes = new Hono<FormHonoEnv>()
  if (!eventCounts) return routes
  routes.post(
    '/forms/:form/events',
    bodyLimit({
      maxSize: maxEventBytes,
      onError: () => errorResponse('too-large', `An event has at most ${maxEventBytes} bytes.`),
    }),
    async ({ req, var: { form } }) => {
      const json = parseJson(await req.text())
      if (json === undefined) return notJsonResponse()
      const event = parsePageEvent(json, definitionOf(form))
      if (!event) return errorResponse('not-an-event', 'Not an event: expected { "event": "view", … }.')
      eventCounts.count(req.param('form'), event)
      return new Response(undefined, { status: 204, headers: { 'cache-control': 'no-store' } })
    },
  )
  return routes
}
