import type { Fetch } from '../../../src/delivery/send-http.ts'

/** The answer to a lead. A function is called for every lead. */
export type Script = Response | (() => Response | Promise<Response>)

/** Devtek as a `fetch`. Tests set its answers, and it records the leads. It has no lists. */
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
    /** Bodies of the calls until now. */
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

/** Throws what `fetch` throws when the port is closed. */
export function unreachable(): never {
  throw new TypeError('fetch failed', {
    cause: Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }),
  })
}

/** Throws what `fetch` throws when the connection breaks after the request was sent. */
export function cutOff(): never {
  throw new TypeError('fetch failed', { cause: Object.assign(new Error('reset'), { code: 'ECONNRESET' }) })
}

function bad(error: string): Response {
  return Response.json({ result: 'bad', data: [], errors: [error] })
}
