import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer as createHttpServer, type ServerResponse } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { createServer, type Server, type Socket } from 'node:net'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { number, object, parse } from 'valibot'
import { afterEach, describe, expect, it } from 'vitest'
import { type Fetch, sendHttp } from '../../../src/delivery/send-http.ts'
import type { HttpRequest } from '../../../src/providers/core/context.ts'
import { createHttpClient } from '../../../src/relay/destinations/calls/http-client.ts'
import { createPublicFetch } from '../../../src/relay/destinations/public-fetch.ts'
import { version } from '../../../src/relay/runtime/version.ts'

const servers: Server[] = []
const sockets = new Set<Socket>()
afterEach(() => {
  for (const socket of sockets) socket.destroy()
  for (const server of servers.splice(0)) server.close()
})

/** Listens at a free port of this machine, or at the given one. Returns the port. */
async function listen(server: Server, port = 0): Promise<number> {
  servers.push(server)
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return parse(object({ port: number() }), server.address()).port
}

const rules = { resolve: async () => [{ address: '127.0.0.1', family: 4 }], isRefused: () => false }
const clients: readonly [string, Fetch][] = [
  ['to a provider', createHttpClient(rules)],
  ['to an address that an operator chose', createPublicFetch(rules)],
]

/** Sends a lead, for a second at most. */
function send(fetch: Fetch, url: string, request: Partial<HttpRequest> = {}, timeoutMs = 1000) {
  const post = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"a":1}' } as const
  return sendHttp({ ...post, url, ...request }, { fetch, timeoutMs })
}

/** A server that sends some bytes after a request, and then nothing more. */
function speak(...pieces: readonly string[]): Server {
  return createServer((socket) => {
    socket.once('data', () => {
      for (const piece of pieces) socket.write(piece, 'latin1')
    })
  })
}

const read = (name: string) =>
  readFileSync(new URL(`../../fixtures/mail-server/${name}.pem`, import.meta.url), 'utf8')

describe.each(clients)('a call %s', (_, fetch) => {
  const received = { status: 200, body: '{"id":1}' }
  const notSent = { sent: false }
  const sent = { sent: true }

  it('was not sent if the certificate is no good, and the server got no request', async () => {
    let requests = 0
    const options = { key: read('key'), cert: read('cert') }
    const server = createHttpsServer(options, (_request, response) => {
      requests += 1
      response.end('{}')
    })
    const port = await listen(server)
    for (const host of ['mail.example.ru', 'other.example.ru', '127.0.0.1']) {
      expect(await send(fetch, `https://${host}:${port}/`)).toEqual({ failure: 'network', sent: false })
    }
    expect(requests).toBe(0)
  })

  it.each<[string, Server, string]>([
    ['breaks the connection before TLS', createServer((socket) => socket.resetAndDestroy()), 'network'],
    ['speaks no TLS', speak('HTTP/1.1 400 Bad Request\r\n\r\n'), 'network'],
    ['closes the connection before TLS', createServer((socket) => socket.end()), 'network'],
    ['never answers to TLS', createServer(() => {}), 'timeout'],
  ])('was not sent if the server %s', async (_name, server, failure) => {
    const port = await listen(server)
    expect(await send(fetch, `https://lender.example.ru:${port}/`)).toEqual({ failure, ...notSent })
  })

  it.each<[string, string, Partial<HttpRequest>]>([
    ['nothing listens', 'http://lender.example.ru:1/', {}],
    ['a header cannot be written', 'http://lender.example.ru/', { headers: { authorization: 'токен' } }],
    ['the address has another protocol', 'ftp://lender.example.ru/', {}],
    ['the address has no host', 'lender', {}],
  ])('was not sent if %s', async (_name, url, request) => {
    expect(await send(fetch, url, request)).toEqual({ failure: 'network', ...notSent })
  })

  it('was not sent if the name is not resolved in time, or not at all', async () => {
    for (const [resolve, failure] of [
      [() => new Promise<never>(() => {}), 'timeout'],
      [() => Promise.reject(new Error('no such name')), 'network'],
      [async () => [], 'network'],
    ] as const) {
      const client = createHttpClient({ ...rules, resolve })
      expect(await send(client, 'http://lender.example.ru/', {}, 100)).toEqual({ failure, ...notSent })
    }
  })

  it.each<[string, Server, object]>([
    ['does not answer', speak(), { failure: 'timeout', ...sent }],
    [
      'changes the protocol',
      speak('HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n'),
      { failure: 'network', ...sent },
    ],
    [
      'answers 101 without a protocol',
      speak('HTTP/1.1 101 Switching Protocols\r\n\r\n'),
      { failure: 'network', ...sent },
    ],
    [
      'answers 1xx only',
      speak('HTTP/1.1 102 Processing\r\n\r\n'.repeat(50)),
      { failure: 'timeout', ...sent },
    ],
    [
      'answers 1xx first',
      speak(
        'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n',
        'HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n{"id":1}',
      ),
      received,
    ],
    ['answers an unknown class of status', speak('HTTP/1.1 999 No\r\nContent-Length: 0\r\n\r\n'), sent],
    ['answers something else', speak('hello world\r\n\r\n'), { failure: 'network', ...sent }],
    ['stops within the header', speak('HTTP/1.1 200 OK\r\nX-A: b\r\n'), { failure: 'timeout', ...sent }],
    [
      'stops within the body',
      speak('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{'),
      { failure: 'timeout', ...sent },
    ],
    [
      'sends a header without end',
      speak(`HTTP/1.1 200 OK\r\nX: ${'a'.repeat(70_000)}\r\n\r\n`),
      { failure: 'network', ...sent },
    ],
    [
      'closes the connection',
      createServer((socket) => socket.once('data', () => socket.end())),
      { failure: 'network', ...sent },
    ],
  ])('ends if the server %s', async (_name, server, result) => {
    const port = await listen(server)
    expect(await send(fetch, `http://lender.example.ru:${port}/`, {}, 300)).toMatchObject(result)
  })

  it('ends if the body comes in drops without an end', async () => {
    const server = createHttpServer((_request, response) => {
      response.writeHead(200)
      const timer = setInterval(() => response.write(' '), 10)
      response.on('close', () => clearInterval(timer))
    })
    const port = await listen(server)
    expect(await send(fetch, `http://lender.example.ru:${port}/`, {}, 200)).toEqual({
      failure: 'timeout',
      ...sent,
    })
    // The connection is given up, too.
    await expect.poll(() => [...sockets].every(({ destroyed }) => destroyed)).toBe(true)
  })

  it('reaches a port that browsers do not call', async () => {
    // Another program may use one of them.
    let port: number | undefined
    for (const candidate of [6000, 6566, 6665, 6697, 10_080]) {
      const server = speak('HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n{"id":1}')
      port ??= await listen(server, candidate).catch(() => undefined)
    }
    expect(await send(fetch, `http://lender.example.ru:${port}/`)).toMatchObject(received)
  })

  it('has a connection of its own, which no call before it can have spent', async () => {
    let connections = 0
    const server = createServer((socket) => {
      connections += 1
      let requests = 0
      socket.on('data', () => {
        requests += 1
        if (requests > 1) socket.resetAndDestroy()
        else socket.write('HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n{"id":1}')
      })
    })
    const port = await listen(server)
    for (let call = 1; call <= 3; call += 1) {
      expect(await send(fetch, `http://lender.example.ru:${port}/`)).toMatchObject(received)
      expect(connections).toBe(call)
    }
  })

  it.each<[string, Partial<HttpRequest>, object]>([
    ['the relay', {}, { accept: '*/*', 'user-agent': `anketa-relay/${version}` }],
    [
      'an adapter that says who it is',
      { headers: { Accept: 'application/json', 'User-Agent': 'a lender' } },
      { accept: 'application/json', 'user-agent': 'a lender' },
    ],
  ])('has the names of %s', async (_name, request, headers) => {
    let seen: object = {}
    const server = createHttpServer((incoming, response) => {
      seen = incoming.headers
      response.end('{}')
    })
    const port = await listen(server)
    await send(fetch, `http://lender.example.ru:${port}/`, request)
    expect(seen).toMatchObject(headers)
  })

  async function serve(answer: (response: ServerResponse) => void) {
    const port = await listen(createHttpServer((_request, response) => answer(response)))
    return send(fetch, `http://lender.example.ru:${port}/`)
  }

  const body = '{"name":"Ёж"}'
  it.each<[string, string, Uint8Array]>([
    ['gzip', 'gzip', gzipSync(body)],
    ['gzip by its old name, in other letters', 'X-GZip', gzipSync(body)],
    ['deflate', 'deflate', deflateSync(body)],
    ['br', 'br', brotliCompressSync(body)],
    ['two of them', 'gzip, br', brotliCompressSync(gzipSync(body))],
    ['none, which is named', 'identity', Buffer.from(body)],
  ])('reads an answer with the coding %s', async (_name, coding, bytes) => {
    expect(
      await serve((response) => response.setHeader('content-encoding', coding).end(bytes)),
    ).toMatchObject({ status: 200, body })
  })

  it('does not take more of a compressed answer than of any other', async () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024, 'a'))
    const result = await serve((response) => response.setHeader('content-encoding', 'gzip').end(bomb))
    expect('body' in result && result.body.length).toBe(256 * 1024)
  })

  it('has an answer that cannot be decoded as none', async () => {
    for (const coding of ['gzip', 'br']) {
      expect(
        await serve((response) => response.setHeader('content-encoding', coding).end('{"id":1}')),
      ).toEqual({
        failure: 'network',
        ...sent,
      })
    }
  })

  it('reads an empty answer whatever coding it names', async () => {
    for (const status of [200, 204, 304]) {
      const result = await serve((response) =>
        response.writeHead(status, { 'content-encoding': 'gzip' }).end(),
      )
      expect(result).toMatchObject({ status, body: '' })
    }
  })
})

describe('the time of a call', () => {
  it('ends whatever the client does', async () => {
    const endless = new ReadableStream({ pull: () => new Promise(() => {}) })
    const drops = new ReadableStream({
      async pull(controller) {
        await new Promise((resolve) => setTimeout(resolve, 5))
        controller.enqueue(new TextEncoder().encode(' '))
      },
    })
    for (const fetch of [
      () => new Promise<never>(() => {}),
      async () => new Response(endless),
      async () => new Response(drops),
    ]) {
      expect(await send(fetch, 'http://lender.example.ru/', {}, 50)).toEqual({
        failure: 'timeout',
        sent: true,
      })
    }
  })
})
