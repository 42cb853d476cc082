/** Answers of a lender that quote the request, in the spellings and places that servers use. */
export const echoes: readonly ((body: string) => Response)[] = [
  (body) => new Response(body, { status: 500 }),
  (body) => new Response(`<h1>Error</h1><pre>${body}</pre>`),
  (body) => bad(`Access denied: ${body}`),
  (body) => bad(`Access denied: ${encodeURIComponent(body)}`),
  (body) => bad(`Access denied: ${escapeAll(body)}`),
  (body) => bad(`Access denied: ${Buffer.from(body).toString('base64')}`),
  (body) => bad(`Access denied: ${Object.values(parseMain(body)).join(' ').toUpperCase()}`),
  (body) => bad(`Access denied: ${Object.values(parseMain(body)).join('').replace(/\D/g, '')}`),
  (body) =>
    bad(...Object.values(parseMain(body)).map((value) => `Field "token" error: not for ${String(value)}`)),
  (body) => bad(`Field "sopd_site" error: ${body}`),
  (body) => Response.json({ result: 'bad', errors: { [String(parseMain(body)['last_name'])]: ['bad'] } }),
  (body) =>
    Response.json({ result: 'bad', errors: [`Field "${String(parseMain(body)['last_name'])}" error`] }),
  (body) => Response.json({ result: 'bad', errors: [{ field: parseMain(body)['phone'], message: 'bad' }] }),
  (body) => Response.json({ result: 'ok', data: { id_lead: parseMain(body)['phone'] }, errors: [] }),
]

function bad(...errors: readonly string[]): Response {
  return Response.json({ result: 'bad', data: [], errors })
}

function parseMain(body: string): Readonly<Record<string, unknown>> {
  const { data }: { readonly data: { readonly main: Readonly<Record<string, unknown>> } } = JSON.parse(body)
  return data.main
}

function escapeAll(text: string): string {
  return text.replace(/[^ -~]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
