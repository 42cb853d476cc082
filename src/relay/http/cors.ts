/** Headers of an answer that a page of this origin may read. */
export function corsHeaders(origin: string): Readonly<Record<string, string>> {
  return { 'access-control-allow-origin': origin }
}

/** The answer to a preflight of an allowed origin. */
export function preflightResponse(): Response {
  return new Response(null, {
    status: 204,
    headers: {
      'access-control-allow-methods': 'GET, POST, OPTIONS',
      'access-control-allow-headers': 'content-type, authorization',
      // Chromium keeps a preflight for two hours at most.
      'access-control-max-age': '7200',
    },
  })
}

/**
 * The headers with which any page may read an answer. For errors that hold no data: without them the owner of a page
 * would see nothing but "Failed to fetch".
 */
export const publicCorsHeaders: Readonly<Record<string, string>> = { 'access-control-allow-origin': '*' }

/**
 * Whether a page may use a form: one of its origins, or the relay's own. Where the relay knows its address, what a
 * request says of the host counts for nothing: any name can be made to point here.
 */
export function isOriginAllowed(
  origin: string,
  allowed: ReadonlySet<string>,
  own: { readonly requestUrl: string; readonly publicUrl?: string | undefined },
): boolean {
  return allowed.has(origin) || origin === new URL(own.publicUrl ?? own.requestUrl).origin
}
