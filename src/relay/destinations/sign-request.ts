import { createHmac } from 'node:crypto'
import type { HttpRequest } from '../../providers/core/context.ts'

/**
 * Adds the headers of the Standard Webhooks scheme to a request that asks for them. The moment is that of sending: a
 * receiver refuses what is older than some minutes.
 */
export function signRequest(request: HttpRequest, now: number): HttpRequest {
  const { sign, headers, body = '' } = request
  if (!sign) return request
  const timestamp = String(Math.floor(now / 1000))
  const content = `${sign.id}.${timestamp}.${body}`
  const signatures = sign.keys.map(
    (key) => `v1,${createHmac('sha256', Buffer.from(key, 'base64')).update(content).digest('base64')}`,
  )
  return {
    ...request,
    headers: {
      ...headers,
      'webhook-id': sign.id,
      'webhook-timestamp': timestamp,
      'webhook-signature': signatures.join(' '),
    },
  }
}
