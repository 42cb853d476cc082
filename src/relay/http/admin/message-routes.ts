import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Clock } from 'pg-boss'
import { boolean, literal, optional, safeParse, strictObject, string } from 'valibot'
import { isUuid } from '../../../lead/lead-identity.ts'
import { parseJson } from '../../../providers/core/json.ts'
import type { Database } from '../../database/database.ts'
import { recordAudit, recordAuditCount } from '../../leads/console/audit-log.ts'
import type { Log } from '../../log.ts'
import type { GivenUpMessages } from '../../messages/given-up-messages.ts'
import { errorResponse, uncachedJson } from '../responses.ts'
import type { AdminHonoEnv } from './session/access.ts'

/** What the routes for messages depend on. */
export interface MessageRoutesDeps {
  readonly givenUpMessages: GivenUpMessages
  readonly database: Database
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
export function messageRoutes({
  givenUpMessages,
  database,
  clock,
  log,
}: MessageRoutesDeps): Hono<AdminHonoEnv> {
  const routes = new Hono<AdminHonoEnv>()

  routes.get('/admin/messages', async () => uncachedJson({ messages: await givenUpMessages.list() }))

  const limit = bodyLimit({
    maxSize: 4096,
    onError: () => errorResponse('too-large', expectedSelection),
  })
  routes.post('/admin/messages/retry', limit, async (context) => {
    const parsed = safeParse(selectionSchema, parseJson(await context.req.text()))
    const { id, receiver, all, uncertain } = parsed.success ? parsed.output : {}
    const named = [id, receiver, all].filter((each) => each !== undefined)
    if (named.length !== 1 || (id !== undefined && !isUuid(id)))
      return errorResponse('parameter', expectedSelection)
    const now = new Date(clock.now())
    const by = id === undefined ? (receiver === undefined ? 'all' : 'receiver') : 'id'
    const line = await recordAudit(
      database,
      {
        user: context.get('user').name,
        action: 'message-retry',
        details: { by, ...(uncertain ? { uncertain } : {}) },
      },
      now,
    )
    const result = await givenUpMessages.retry({ id, receiver, uncertain }, now)
    await recordAuditCount(database, line, result.retried)
    if (result.retried > 0) log('info', 'Messages are sent again by request', { messages: result.retried })
    return uncachedJson(result)
  })

  return routes
}
