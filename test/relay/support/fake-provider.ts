import type { Fetch } from '../../../src/delivery/send-http.ts'

/** What the fake answers with; a function decides by the call. */
export type Script = Response | (() => Response | Promise<Response>)

/** Devtek as a `fetch`: answers leads by a script that a test changes at will, and remembers them; it has no lists. */
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
    /** Bodies of the calls so far. */
    bodies,
    answer(next: Script) {
      script = next
    },
  }
}

/** The document's answer to a lead that was taken. */
export function accepted(id: number): Response {
  return Response.json({ result: 'ok', data: { id_lead: id }, errors: [] })
}

/** The document's answer to a lead that it has already. */
export function duplicate(): Response {
  return bad('Lead duplicate')
}

/** The document's answer to a field that is wrong. */
export function invalid(field: string, message: string): Response {
  return bad(`Field "${field}" error: ${message}`)
}

/** What `fetch` throws when nobody listens. */
export function unreachable(): never {
  throw new TypeError('fetch failed', {
    cause: Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }),
  })
}

/** What `fetch` throws when the connection breaks after the request has left. */
export function cutOff(): never {
  throw new TypeError('fetch failed', { cause: Object.assign(new Error('reset'), { code: 'ECONNRESET' }) })
}

function bad(error: string): Response {
  return Response.json({ result: 'bad', data: [], errors: [error] })
}
