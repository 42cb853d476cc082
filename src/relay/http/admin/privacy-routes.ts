import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Clock } from 'pg-boss'
import { object, optional, safeParse, string } from 'valibot'
import { isUuid } from '../../../lead/lead-identity.ts'
import { parseJson } from '../../../providers/core/json.ts'
import type { Database } from '../../database/database.ts'
import { recordAudit, recordAuditCount } from '../../leads/console/audit-log.ts'
import type { ChainReport } from '../../leads/privacy/consents/chain-report.ts'
import type { Person } from '../../leads/privacy/erasure.ts'
import type { PrivacyActions } from '../../leads/privacy/privacy.ts'
import type { SignedConsents } from '../../leads/privacy/signed/signed-consents.ts'
import { errorResponse, uncachedJson } from '../responses.ts'
import type { AdminHonoEnv } from './session/access.ts'

/** What the routes for a person's rights depend on. */
export interface PrivacyRoutesDeps {
  readonly privacy: PrivacyActions
  readonly database: Database
  /** Verifies the receipts of consents. `known` is the digest of a batch. */
  readonly verifyConsents: (known?: string) => Promise<ChainReport>
  /** Signed consents, where they are configured. */
  readonly signedConsents?: SignedConsents | undefined
  readonly clock: Clock
}

const personSchema = object({ phone: optional(string()), email: optional(string()) })

/** Routes that erase leads, and export what a person has here. An address never names a person. */
export function privacyRoutes(deps: PrivacyRoutesDeps): Hono<AdminHonoEnv> {
  const { privacy, database, verifyConsents, signedConsents, clock } = deps
  const routes = new Hono<AdminHonoEnv>()
  const limit = bodyLimit({
    maxSize: 4096,
    onError: () => errorResponse('too-large', 'Expected { "phone": "…" } or { "email": "…" }.'),
  })

  routes.delete('/admin/leads/:id', async (context) => {
    const id = context.req.param('id').toLowerCase()
    const now = new Date(clock.now())
    if (!isUuid(id) || !(await isStored(id)))
      return errorResponse('unknown-lead', 'There is no lead of this id.')
    await recordAudit(database, { user: context.get('user').name, action: 'erase', lead: id }, now)
    const erased = await privacy.eraseLead(id, now)
    return erased > 0
      ? uncachedJson({ erased })
      : errorResponse('unknown-lead', 'There is no lead of this id.')
  })

  routes.delete('/admin/leads/:id/signed', async (context) => {
    const id = context.req.param('id').toLowerCase()
    const now = new Date(clock.now())
    if (isUuid(id) && (await isStored(id)))
      await recordAudit(database, { user: context.get('user').name, action: 'revoke', lead: id }, now)
    const revoked = isUuid(id) ? ((await signedConsents?.revoke(id)) ?? 0) : 0
    return revoked > 0
      ? uncachedJson({ revoked })
      : errorResponse('not-found', 'This lead has no signed consent that can be revoked.')
  })

  routes.post('/admin/erase', limit, async (context) => {
    const person = await readPerson(context)
    if (person instanceof Response) return person
    const now = new Date(clock.now())
    const { name: user } = context.get('user')
    const line = await recordAudit(database, { user, action: 'erase', details: { by: person.kind } }, now)
    const erased = await privacy.erasePerson(person, now)
    await recordAuditCount(database, line, erased)
    return uncachedJson({ erased })
  })

  routes.post('/admin/export', limit, async (context) => {
    const person = await readPerson(context)
    if (person instanceof Response) return person
    const now = new Date(clock.now())
    const { name: user } = context.get('user')
    const line = await recordAudit(database, { user, action: 'export', details: { by: person.kind } }, now)
    const content = await privacy.exportPerson(person, now)
    await recordAuditCount(database, line, content.leads.length)
    const response = uncachedJson(content)
    response.headers.set('content-disposition', 'attachment; filename="person.json"')
    return response
  })

  routes.get('/admin/consents/verify', async ({ req }) => {
    const known = req.query('known')
    return known === undefined || /^[0-9a-f]{64}$/i.test(known)
      ? uncachedJson(await verifyConsents(known))
      : errorResponse('parameter', 'Expected known=DIGEST, 64 hexadecimal digits.')
  })

  return routes

  async function isStored(id: string): Promise<boolean> {
    const rows = await database.query('select from anketa.leads where id = $1', [id])
    return rows.length > 0
  }
}

async function readPerson({ req }: Context): Promise<Person | Response> {
  const parsed = safeParse(personSchema, parseJson(await req.text()))
  const { phone, email } = parsed.success ? parsed.output : {}
  if (phone !== undefined && email === undefined && /\d{10}/.test(phone.replace(/\D/g, '')))
    return { kind: 'phone', value: phone }
  if (email !== undefined && phone === undefined && email.includes('@'))
    return { kind: 'email', value: email }
  return errorResponse('parameter', 'Expected JSON: { "phone": "+7…" } or { "email": "…" }.')
}
