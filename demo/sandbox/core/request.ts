import type { Context } from 'hono'

/** A request to a simulated API, with its body. */
export type ApiRequest = {
  readonly method: string
  /** Relative to the sandbox's root, with a leading slash. */
  readonly path: string
  readonly query: URLSearchParams
  readonly contentType: string | null
  readonly authorization: string | null
  readonly rawBody: string
  /** Returns any other header. */
  header(name: string): string | null
}

/** Reads a request. `root` is the path at which the sandbox is mounted, with a slash at its end. */
export async function parseApiRequest(c: Context, root: string): Promise<ApiRequest> {
  return {
    method: c.req.method,
    path: `/${c.req.path.slice(root.length)}`.replace('//', '/'),
    query: new URL(c.req.url).searchParams,
    contentType: c.req.header('content-type') ?? null,
    authorization: c.req.header('authorization') ?? null,
    rawBody: await c.req.text(),
    header: (name) => c.req.header(name) ?? null,
  }
}

/** Whether a content type is that of JSON, with no charset other than UTF-8. */
export function isJsonType(contentType: string | null): boolean {
  return /^application\/json\s*(?:;\s*charset="?utf-8"?\s*)?$/i.test(contentType ?? '')
}

/** Whether a content type is that of a form: `application/x-www-form-urlencoded`, with no charset other than UTF-8. */
export function isFormType(contentType: string | null): boolean {
  return /^application\/x-www-form-urlencoded\s*(?:;\s*charset="?utf-8"?\s*)?$/i.test(contentType ?? '')
}
