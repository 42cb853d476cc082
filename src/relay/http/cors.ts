import { includesOrigin } from '../config/values/origin.ts'

/** Pages wait as long as this header says. */
const exposedHeaders = { 'access-control-expose-headers': 'retry-after' } as const

/** CORS headers that let pages of one origin read a response. */
export function corsHeaders(origin: string): Readonly<Record<string, string>> {
  return { 'access-control-allow-origin': origin, ...exposedHeaders }
}

/** The response to a preflight request from an allowed origin, without {@link corsHeaders}. */
export function preflightResponse(): Response {
  return new Response(null, {
    status: 204,
    headers: {
      'access-control-allow-methods': 'GET, POST, DELETE, OPTIONS',
      'access-control-allow-headers': 'content-type, authorization',
      // Chromium caches a preflight for at most two hours.
      'access-control-max-age': '7200',
    },
  })
}

/**
 * CORS headers that let any page read a response. For errors without data: otherwise a page's author would only see
 * "Failed to fetch".
 */
export const publicCorsHeaders: Readonly<Record<string, string>> = {
  'access-control-allow-origin': '*',
  ...exposedHeaders,
}

/**
 * Whether pages of an origin may use a form: the form's origins, and the relay's own origin. If the relay has a
 * `publicUrl`, the host of the request does not count: anyone can point a domain name at this server.
 */
export function isOriginAllowed(
  origin: string,
  allowed: ReadonlySet<string>,
  own: { readonly requestUrl: string; readonly publicUrl?: string | undefined },
): boolean {
  return includesOrigin(allowed, origin) || origin === new URL(own.publicUrl ?? own.requestUrl).origin
}
