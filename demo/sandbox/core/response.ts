/** A response: a status and a text, which need not match its content type. */
export type SandboxResponse = {
  readonly status: number
  readonly contentType: string
  readonly text: string
  readonly headers?: Readonly<Record<string, string>>
}

/** A response in JSON. */
export function jsonResponse(status: number, value: unknown): SandboxResponse {
  return { status, contentType: 'application/json; charset=utf-8', text: JSON.stringify(value) }
}

/** The response as Hono sends it. */
export function toResponse({ status, contentType, text, headers }: SandboxResponse): Response {
  return new Response(text, { status, headers: { ...headers, 'content-type': contentType } })
}
