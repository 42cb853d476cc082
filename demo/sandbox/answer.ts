/** What goes back over the wire: a status and a text, which need not be what its content type says. */
export type Answer = {
  readonly status: number
  readonly contentType: string
  readonly text: string
  readonly headers?: Readonly<Record<string, string>>
}

/** An answer in JSON. */
export function jsonAnswer(status: number, value: unknown): Answer {
  return { status, contentType: 'application/json; charset=utf-8', text: JSON.stringify(value) }
}

/** An answer as HTTP sends it. */
export function toResponse({ status, contentType, text, headers }: Answer): Response {
  return new Response(text, { status, headers: { ...headers, 'content-type': contentType } })
}
