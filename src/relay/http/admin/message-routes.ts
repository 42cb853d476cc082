import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Clock } from 'pg-boss'
import { boolean, literal, optional, safeParse, strictObject, string } from 'valibot'
import { isUuid } from '../../../lead/lead-identity.ts'
import { parseJson } from '../../../providers/core/json.ts'
import type { Log } from '../../log.ts'
import type { GivenUpMessages } from '../../messages/given-up-messages.ts'
import { errorResponse, uncachedJson } from '../responses.ts'

/** What the routes for messages depend on. */
export interface MessageRoutesDeps {
  readonly givenUpMessages: GivenUpMessages
  readonly clock: Clock
  readonly log: Log
}

const selectionSchema = strictObject({
  id: optional(string()),
  receiver: optional(string()),
  all: optional(literal(true)),
  uncertain: optional(boolean()),
})

const expectedSelection =
  'Expected JSON: { "receiver": "NAME" }, { "id": "ID" } or { "all": true }; "uncertain": true beside it adds those that may have arrived.'

/** Routes that list the messages that were given up or are uncertain, and send them again. */
export function messageRoutes({ givenUpMessages, clock, log }: MessageRoutesDeps): Hono {
  const routes = new Hono()

  routes.get('/admin/messages', async () => uncachedJson({ messages: await givenUpMessages.list() }))

  const limit = bodyLimit({
    maxSize: 4096,
    onError: () => errorResponse('too-large', expectedSelection),
  })
  routes.post('/admin/messages/retry', limit, async ({ req }) => {
    const parsed = safeParse(selectionSchema, parseJson(await req.text()))
    const { id, receiver, all, uncertain } = parsed.success ? parsed.output : {}
    const named = [id, receiver, all].filter((each) => each !== undefined)
    if (named.length !== 1 || (id !== undefined && !isUuid(id)))
      return errorResponse('parameter', expectedSelection)
    const result = await givenUpMessages.retry({ id, receiver, uncertain }, new Date(clock.now()))
    if (result.retried > 0) log('info', 'Messages are sent again by request', { messages: result.retried })
    return uncachedJson(result)
  })

  return routes
}
