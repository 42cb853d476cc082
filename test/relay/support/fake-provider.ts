import type { Fetch } from '../../../src/delivery/send-http.ts'

/** An answer, or a function that makes one. */
export type Script = Response | (() => Response | Promise<Response>)

/** Creates Devtek as a `fetch`: it records leads and gives the answer that a test sets. It has no lists of places. */
export function createFakeProvider() {
  const bodies: string[] = []
  let script: Script = accepted(999999)
  const fetch: Fetch = async (url, init) => {
    if (!url.endsWith('/new-lead/')) return new Response('', { status: 503 })
    bodies.push(await new Response(init.body ?? null).text())
    return typeof script === 'function' ? await script() : script.clone()
  }
  return {
    fetch,
    /** The bodies of the calls so far. */
    bodies,
    answer(next: Script) {
      script = next
    },
  }
}

/** The documented answer to an accepted lead. */
export function accepted(id: number): Response {
  return Response.json({ result: 'ok', data: { id_lead: id }, errors: [] })
}

/** The documented answer to a duplicate. */
export function duplicate(): Response {
  return bad('Lead duplicate')
}

/** The documented answer to an invalid field. */
export function invalid(field: string, message: string): Response {
  return bad(`Field "${field}" error: ${message}`)
}

function bad(error: string): Response {
  return Response.json({ result: 'bad', data: [], errors: [error] })
}
