/** Headers of an answer that a page of this origin may read. */
export function corsHeaders(origin: string): Readonly<Record<string, string>> {
  return { 'access-control-allow-origin': origin }
}

/** The answer to a preflight of an allowed origin. */
export function preflightReply(): Response {
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

/** Whether a page may use a form: one of its origins, or the relay's own. */
export function isOriginAllowed(
  origin: string,
  allowed: ReadonlySet<string>,
  own: { readonly requestUrl: string; readonly publicUrl?: string | undefined },
): boolean {
  if (allowed.has(origin) || origin === new URL(own.requestUrl).origin) return true
  return own.publicUrl !== undefined && origin === new URL(own.publicUrl).origin
}
