import type { Context } from 'hono'

/** A request to a played API, with its body already read. */
export type ApiRequest = {
  readonly method: string
  /** From the sandbox's own root, with a leading slash. */
  readonly path: string
  readonly query: URLSearchParams
  readonly contentType: string | null
  readonly authorization: string | null
  readonly rawBody: string
}

/** Reads a request; `home` is the path that the sandbox is mounted on. */
export async function parseApiRequest(c: Context, home: string): Promise<ApiRequest> {
  return {
    method: c.req.method,
    path: `/${c.req.path.slice(home.length)}`.replace('//', '/'),
    query: new URL(c.req.url).searchParams,
    contentType: c.req.header('content-type') ?? null,
    authorization: c.req.header('authorization') ?? null,
    rawBody: await c.req.text(),
  }
}

/** Whether a body is said to come from a form: `application/x-www-form-urlencoded`, in UTF-8 if it says so. */
export function isFormType(contentType: string | null): boolean {
  return /^application\/x-www-form-urlencoded\s*(?:;\s*charset="?utf-8"?\s*)?$/i.test(contentType ?? '')
}
