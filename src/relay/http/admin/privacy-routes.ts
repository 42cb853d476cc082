import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Clock } from 'pg-boss'
import { object, optional, picklist, safeParse, string } from 'valibot'
import { isUuid } from '../../../lead/lead-identity.ts'
import { parseJson } from '../../../providers/core/json.ts'
import type { Database } from '../../database/database.ts'
import { recordAudit, recordAuditCount } from '../../leads/console/audit-log.ts'
import type { ChainReport } from '../../leads/privacy/consents/chain-report.ts'
import { type PersonReceipts, renderReceipts } from '../../leads/privacy/consents/render-receipts.ts'
import type { Person } from '../../leads/privacy/erasure.ts'
import type { PrivacyActions } from '../../leads/privacy/privacy.ts'
import { loadPdfLibrary, pdfPackages } from '../../leads/privacy/signed/pdf-library.ts'
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

const formats = ['json', 'pdf'] as const

const requestSchema = object({
  phone: optional(string()),
  email: optional(string()),
  as: optional(picklist(formats)),
})

interface PersonRequest {
  readonly person: Person
  /** `json` unless given. `pdf`: the receipts of consents alone. */
  readonly as?: (typeof formats)[number] | undefined
}

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
    const wanted = await readPersonRequest(context)
    if (wanted instanceof Response) return wanted
    const { person } = wanted
    const now = new Date(clock.now())
    const { name: user } = context.get('user')
    const line = await recordAudit(database, { user, action: 'erase', details: { by: person.kind } }, now)
    const erased = await privacy.erasePerson(person, now)
    await recordAuditCount(database, line, erased)
    return uncachedJson({ erased })
  })

  routes.post('/admin/export', limit, async (context) => {
    const wanted = await readPersonRequest(context)
    if (wanted instanceof Response) return wanted
    const { person, as = 'json' } = wanted
    const now = new Date(clock.now())
    const { name: user } = context.get('user')
    const line = await recordAudit(
      database,
      { user, action: 'export', details: { by: person.kind, as } },
      now,
    )
    if (as === 'pdf')
      return receiptsResponse({ person, receipts: await privacy.exportReceipts(person), madeAt: now })
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

async function receiptsResponse(content: PersonReceipts): Promise<Response> {
  const library = await loadPdfLibrary()
  if (!library)
    return errorResponse(
      'not-installed',
      `The packages that write a PDF are not installed on this relay: npm install ${pdfPackages}`,
    )
  return new Response(Uint8Array.from(await renderReceipts(library, content)), {
    headers: {
      'content-type': 'application/pdf',
      'content-disposition': 'attachment; filename="consents.pdf"',
      'cache-control': 'no-store',
    },
  })
}

async function readPersonRequest({ req }: Context): Promise<PersonRequest | Response> {
  const parsed = safeParse(requestSchema, parseJson(await req.text()))
  const { phone, email, as } = parsed.success ? parsed.output : {}
  if (phone !== undefined && email === undefined && /\d{10}/.test(phone.replace(/\D/g, '')))
    return { person: { kind: 'phone', value: phone }, as }
  if (email !== undefined && phone === undefined && email.includes('@'))
    return { person: { kind: 'email', value: email }, as }
  return errorResponse(
    'parameter',
    'Expected JSON: { "phone": "+7…" } or { "email": "…" }; for an export also "as": "json" or "pdf".',
  )
}
