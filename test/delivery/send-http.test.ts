import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { number, object, parse } from 'valibot'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Fetch, sendHttp } from '../../src/delivery/send-http.ts'
import type { HttpRequest } from '../../src/providers/core/context.ts'
import { encodeInWindows1251 } from '../support/windows-1251.ts'

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

async function listen(httpServer: typeof server): Promise<string> {
  httpServer.listen(0, '127.0.0.1')
  await once(httpServer, 'listening')
  return `http://127.0.0.1:${parse(object({ port: number() }), httpServer.address()).port}`
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

/** Sends a request to the server, which answers as `respond` does. */
function sendTo(respond: Answer, request: Partial<HttpRequest> = {}, timeoutMs = 5000) {
  answer = respond
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
    'has its status %i and its text',
    async (status) => {
      const result = await sendTo((_, response) => response.writeHead(status).end('Ёж'))
      expect(result).toEqual({ status, body: 'Ёж' })
      expect(received).toEqual(['POST /new-lead/ text/x Ё'])
    },
  )

  it('can be empty, and the request can have no body', async () => {
    const { method, url, headers } = { method: 'GET', url: `${base}/regions`, headers: {} } as const
    answer = (_, response) => response.writeHead(204).end()
    expect(await sendHttp({ method, url, headers }, { fetch, timeoutMs: 5000 })).toEqual({
      status: 204,
      body: '',
    })
    expect(received).toEqual(['GET /regions - '])
  })

  it('is decoded across chunks that split a character', async () => {
    const bytes = Buffer.from('Ёж')
    const result = await sendTo((_, response) => {
      response.write(bytes.subarray(0, 1))
      setTimeout(() => response.end(bytes.subarray(1)), 20)
    })
    expect(result).toEqual({ status: 200, body: 'Ёж' })
  })

  const older = Uint8Array.from(encodeInWindows1251('Телефон занят — ёж').match(/%../g) ?? [], (code) =>
    Number.parseInt(code.slice(1), 16),
  )
  it.each<[string, string | undefined, string | Uint8Array, string]>([
    ['windows-1251 that is named', 'text/json; charset=windows-1251', older, 'Телефон занят — ёж'],
    ['windows-1251 that is not named', undefined, older, 'Телефон занят — ёж'],
    ['windows-1251 that is called UTF-8', 'application/json; charset=utf-8', older, 'Телефон занят — ёж'],
    ['an encoding that nobody knows', 'text/plain; charset=invented', 'Ёж', 'Ёж'],
    ['UTF-8 with a replacement character of its own', undefined, 'Ёж \uFFFD', 'Ёж \uFFFD'],
  ])('is read in its encoding: %s', async (_, type, body, text) => {
    const result = await sendTo((_request, response) =>
      response.writeHead(200, type === undefined ? {} : { 'content-type': type }).end(body),
    )
    expect(result).toEqual({ status: 200, body: text })
  })

  it('is not followed if it is a redirect', async () => {
    for (const status of [301, 302, 303, 307, 308]) {
      const result = await sendTo((_, response) =>
        response.writeHead(status, { location: `${base}/elsewhere` }).end(),
      )
      expect(result).toEqual({ status, body: '' })
    }
    expect(received.filter((request) => request.includes('/elsewhere'))).toEqual([])
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
  ])('is read up to 256 Ki characters if it is %s', async (_, respond) => {
    expect(await sendTo(respond)).toEqual({ status: 200, body: 'x'.repeat(limit) })
  })

  it('is read whole if it is exactly that long', async () => {
    const result = await sendTo((_, response) => response.end('x'.repeat(limit)))
    expect(result).toEqual({ status: 200, body: 'x'.repeat(limit) })
  })
})

describe('no answer', () => {
  const stalled: [string, Answer][] = [
    ['before the status', () => {}],
    ['within the body', (_, response) => void response.writeHead(200).write('{"result":')],
  ]
  it.each(stalled)('within the timeout, %s: the request was sent', async (_, respond) => {
    expect(await sendTo(respond, {}, 60)).toEqual({ failure: 'timeout', sent: true })
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
  it.each(broken)('because the connection broke %s: the request was sent', async (_, respond) => {
    expect(await sendTo(respond)).toEqual({ failure: 'network', sent: true })
  })

  it('because the connection was refused: the request was not sent', async () => {
    const closedServer = createServer()
    const url = await listen(closedServer)
    closedServer.close()
    await once(closedServer, 'close')
    expect(await sendTo(() => {}, { url })).toEqual({ failure: 'network', sent: false })
    // If both IPv4 and IPv6 fail, one error holds both.
    const local = url.replace('127.0.0.1', 'localhost')
    expect(await sendTo(() => {}, { url: local })).toEqual({ failure: 'network', sent: false })
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
  ])('with the code %s: the request was sent: %s', async (code, sent) => {
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
    'for the unknown reason %o: the request may have been sent',
    async (cause) => {
      const result = await sendHttp(request, { fetch: failing(cause), timeoutMs: 5000 })
      expect(result).toEqual({ failure: 'network', sent: true })
    },
  )

  it('because fetch throws synchronously is a failure too', async () => {
    const fetch: Fetch = () => {
      throw new Error('broken')
    }
    expect(await sendHttp(request, { fetch, timeoutMs: 5000 })).toEqual({ failure: 'network', sent: true })
  })
})
