import { Hono } from 'hono'
import type { SignedConsents } from '../../leads/privacy/signed/signed-consents.ts'
import { errorResponse } from '../responses.ts'

/** Serves signed consents to the receivers of leads. Without `signedConsents` in the configuration there are none. */
export function signedRoutes({
  signedConsents,
}: {
  readonly signedConsents?: Pick<SignedConsents, 'find'> | undefined
}): Hono {
  const routes = new Hono()
  routes.get('/signed/:token', async ({ req }) => {
    const token = req.param('token')
    const pdf = /^[\w-]{22}$/.test(token) ? await signedConsents?.find(token) : undefined
    const response = pdf
      ? new Response(Uint8Array.from(pdf), {
          headers: {
            'content-type': 'application/pdf',
            'content-disposition': 'inline; filename="consent.pdf"',
          },
        })
      : errorResponse('not-found', 'There is nothing at this address, or its time is over.')
    response.headers.set('cache-control', 'no-store')
    response.headers.set('x-robots-tag', 'noindex, nofollow, noarchive')
    return response
  })
  return routes
}
