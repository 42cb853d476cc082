import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { number, object, parse } from 'valibot'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Fetch, sendHttp } from '../../src/delivery/send-http.ts'
import type { HttpRequest } from '../../src/providers/core/context.ts'

type Answer = (request: IncomingMessage, response: ServerResponse) => void

const limit = 256 * 1024
const received: string[] = []
let answer: Answer = (_, response) => response.end()
let base = ''

const server = createServer((request, response) => {
  let body = ''
  request.setEncoding('utf8').on('data', (chunk: string) => {
    body += chunk
  })
  request.on('end', () => {
    received.push(`${request.method} ${request.url} ${request.headers['content-type'] ?? '-'} ${body}`)
    answer(request, response)
  })
})

async function listen(on: typeof server): Promise<string> {
  on.listen(0, '127.0.0.1')
  await once(on, 'listening')
  return `http://127.0.0.1:${parse(object({ port: number() }), on.address()).port}`
}

beforeAll(async () => {
  base = await listen(server)
})
afterAll(() => {
  server.close()
  server.closeAllConnections()
})
beforeEach(() => {
  received.length = 0
})

/** Performs a call to the server, which answers so. */
function performWith(how: Answer, request: Partial<HttpRequest> = {}, timeoutMs = 5000) {
  answer = how
  const post = {
    method: 'POST',
    url: `${base}/new-lead/`,
    headers: { 'content-type': 'text/x' },
    body: 'Ё',
  } as const
  return sendHttp({ ...post, ...request }, { fetch, timeoutMs })
}

describe('an answer', () => {
  it.each([200, 201, 301, 400, 403, 404, 422, 429, 500, 503])(
    'is told with its status %i and its text',
    async (status) => {
      const result = await performWith((_, response) => response.writeHead(status).end('Ёж'))
      expect(result).toEqual({ status, body: 'Ёж' })
      expect(received).toEqual(['POST /new-lead/ text/x Ё'])
    },
  )

  it('may be empty, also to a request without a body', async () => {
    const { method, url, headers } = { method: 'GET', url: `${base}/regions`, headers: {} } as const
    answer = (_, response) => response.writeHead(204).end()
    expect(await sendHttp({ method, url, headers }, { fetch, timeoutMs: 5000 })).toEqual({
      status: 204,
      body: '',
    })
    expect(received).toEqual(['GET /regions - '])
  })

  it('is put together from pieces that part letters', async () => {
    const bytes = Buffer.from('Ёж')
    const result = await performWith((_, response) => {
      response.write(bytes.subarray(0, 1))
      setTimeout(() => response.end(bytes.subarray(1)), 20)
    })
    expect(result).toEqual({ status: 200, body: 'Ёж' })
  })

  it('is not followed elsewhere', async () => {
    for (const status of [301, 302, 303, 307, 308]) {
      const result = await performWith((_, response) =>
        response.writeHead(status, { location: `${base}/else` }).end(),
      )
      expect(result).toEqual({ status, body: '' })
    }
    expect(received.filter((request) => request.includes('/else'))).toEqual([])
  })

  it.each<[string, Answer]>([
    ['long', (_, response) => response.end('x'.repeat(3 * limit))],
    [
      'endless',
      (_, response) => {
        const more = (): void => {
          while (!response.destroyed && response.write('x'.repeat(10_000)));
        }
        response.on('drain', more)
        more()
      },
    ],
  ])('is read up to 256 kB when it is %s', async (_, how) => {
    expect(await performWith(how)).toEqual({ status: 200, body: 'x'.repeat(limit) })
  })

  it('is read whole when it is just as long', async () => {
    const result = await performWith((_, response) => response.end('x'.repeat(limit)))
    expect(result).toEqual({ status: 200, body: 'x'.repeat(limit) })
  })
})

describe('no answer', () => {
  const stalled: [string, Answer][] = [
    ['before the status', () => {}],
    ['within the body', (_, response) => void response.writeHead(200).write('{"result":')],
  ]
  it.each(stalled)('in time, %s: the request has left', async (_, how) => {
    expect(await performWith(how, {}, 60)).toEqual({ failure: 'timeout', sent: true })
  })

  const broken: [string, Answer][] = [
    ['before the status', (request) => void request.socket.destroy()],
    [
      'within the body',
      (request, response) => {
        response.writeHead(200, { 'content-length': '100' }).write('{"result":')
        setTimeout(() => request.socket.destroy(), 20)
      },
    ],
  ]
  it.each(broken)('as the connection broke %s: the request has left', async (_, how) => {
    expect(await performWith(how)).toEqual({ failure: 'network', sent: true })
  })

  it('as nobody listens: the request has not left', async () => {
    const gone = createServer()
    const url = await listen(gone)
    gone.close()
    await once(gone, 'close')
    expect(await performWith(() => {}, { url })).toEqual({ failure: 'network', sent: false })
    // Two addresses, IPv4 and IPv6, fail as one error that holds both.
    const local = url.replace('127.0.0.1', 'localhost')
    expect(await performWith(() => {}, { url: local })).toEqual({ failure: 'network', sent: false })
  })

  const failing =
    (cause: unknown): Fetch =>
    () =>
      Promise.reject(new TypeError('fetch failed', { cause }))
  const request = { method: 'GET', url: 'https://example.ru/', headers: {} } as const

  it.each([
    ['ECONNREFUSED', false],
    ['ENOTFOUND', false],
    ['EAI_AGAIN', false],
    ['UND_ERR_CONNECT_TIMEOUT', false],
    ['EHOSTUNREACH', false],
    ['ECONNRESET', true],
    ['EPIPE', true],
    ['UND_ERR_SOCKET', true],
    ['UND_ERR_HEADERS_TIMEOUT', true],
  ])('with the code %s has left: %s', async (code, sent) => {
    for (const cause of [
      { code },
      new AggregateError([{ code }]),
      { errors: [{ code }, { code: 'ECONNREFUSED' }] },
    ]) {
      expect(await sendHttp(request, { fetch: failing(cause), timeoutMs: 5000 })).toEqual({
        failure: 'network',
        sent,
      })
    }
  })

  it.each([undefined, null, 'ECONNREFUSED', { code: 5 }, { errors: [] }, { errors: 'none' }])(
    'for the unknown reason %o may have left',
    async (cause) => {
      const result = await sendHttp(request, { fetch: failing(cause), timeoutMs: 5000 })
      expect(result).toEqual({ failure: 'network', sent: true })
    },
  )

  it('from a fetch that throws at once is a failure too', async () => {
    const fetch: Fetch = () => {
      throw new Error('broken')
    }
    expect(await sendHttp(request, { fetch, timeoutMs: 5000 })).toEqual({ failure: 'network', sent: true })
  })
})
