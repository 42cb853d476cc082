import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Clock } from 'pg-boss'
import { object, optional, safeParse, string } from 'valibot'
import { isUuid } from '../../../lead/lead-identity.ts'
import { parseJson } from '../../../providers/core/json.ts'
import type { ChainReport } from '../../leads/privacy/consents/chain-report.ts'
import type { Person } from '../../leads/privacy/erasure.ts'
import type { PrivacyActions } from '../../leads/privacy/privacy.ts'
import type { SignedConsents } from '../../leads/privacy/signed/signed-consents.ts'
import { errorResponse, uncachedJson } from '../responses.ts'

/** What the routes for a person's rights depend on. */
export interface PrivacyRoutesDeps {
  readonly privacy: PrivacyActions
  /** Verifies the receipts of consents. `known` is the digest of a batch. */
  readonly verifyConsents: (known?: string) => Promise<ChainReport>
  /** Signed consents, where they are configured. */
  readonly signedConsents?: SignedConsents | undefined
  readonly clock: Clock
}

const personSchema = object({ phone: optional(string()), email: optional(string()) })

/** Routes that erase leads, and export what a person has here. An address never names a person. */
export function privacyRoutes({ privacy, verifyConsents, signedConsents, clock }: PrivacyRoutesDeps): Hono {
  const routes = new Hono()
  const limit = bodyLimit({
    maxSize: 4096,
    onError: () => errorResponse('too-large', 'Expected { "phone": "…" } or { "email": "…" }.'),
  })

  routes.delete('/admin/leads/:id', async ({ req }) => {
    const id = req.param('id').toLowerCase()
    const erased = isUuid(id) ? await privacy.eraseLead(id, new Date(clock.now())) : 0
    return erased > 0
      ? uncachedJson({ erased })
      : errorResponse('unknown-lead', 'There is no lead of this id.')
  })

  routes.delete('/admin/leads/:id/signed', async ({ req }) => {
    const id = req.param('id').toLowerCase()
    const revoked = isUuid(id) ? ((await signedConsents?.revoke(id)) ?? 0) : 0
    return revoked > 0
      ? uncachedJson({ revoked })
      : errorResponse('not-found', 'This lead has no signed consent that can be revoked.')
  })

  routes.post('/admin/erase', limit, async (context) => {
    const person = await readPerson(context)
    if (person instanceof Response) return person
    return uncachedJson({ erased: await privacy.erasePerson(person, new Date(clock.now())) })
  })

  routes.post('/admin/export', limit, async (context) => {
    const person = await readPerson(context)
    if (person instanceof Response) return person
    const response = uncachedJson(await privacy.exportPerson(person, new Date(clock.now())))
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
