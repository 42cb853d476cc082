import { createServer, type Server } from 'node:http'
import { once } from 'node:events'
import { afterEach, describe, expect, it } from 'vitest'
import { sendHttp } from '../../../src/delivery/send-http.ts'
import type { HttpRequest } from '../../../src/providers/core/context.ts'
import { isPrivateAddress, isPrivateHost } from '../../../src/relay/destinations/private-address.ts'
import { createPublicFetch } from '../../../src/relay/destinations/public-fetch.ts'

describe('the public internet', () => {
  it.each([
    'http://127.0.0.1/',
    'http://127.1/',
    'http://2130706433/',
    'http://0x7f000001/',
    'http://0x7f.0.0.1/',
    'http://0177.0.0.1/',
    'http://017700000001/',
    'http://127.0.0.1./',
    'http://１２７.０.０.１/',
    'http://0/',
    'http://0.0.0.0/',
    'http://10.0.0.1/',
    'http://10.255.255.255/',
    'http://100.64.0.1/',
    'http://100.127.255.255/',
    'http://169.254.169.254/',
    'http://172.16.0.1/',
    'http://172.31.255.255/',
    'http://192.0.0.1/',
    'http://192.0.2.1/',
    'http://192.168.0.1/',
    'http://3232235521/',
    'http://198.18.0.1/',
    'http://198.51.100.1/',
    'http://203.0.113.1/',
    'http://224.0.0.1/',
    'http://239.255.255.255/',
    'http://240.0.0.1/',
    'http://255.255.255.255/',
    'http://[::]/',
    'http://[::1]/',
    'http://[0:0:0:0:0:0:0:1]/',
    'http://[::127.0.0.1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:7f00:1]/',
    'http://[::ffff:8.8.8.8]/',
    'http://[::ffff:0:127.0.0.1]/',
    'http://[64:ff9b::127.0.0.1]/',
    'http://[64:ff9b::7f00:1]/',
    'http://[64:ff9b:1::a00:1]/',
    'http://[100::1]/',
    'http://[2001::1]/',
    'http://[2001:20::1]/',
    'http://[2001:db8::1]/',
    'http://[2002:7f00:1::]/',
    'http://[3fff::1]/',
    'http://[5f00::1]/',
    'http://[fc00::1]/',
    'http://[fdff::1]/',
    'http://[fe80::1]/',
    'http://[febf::1]/',
    'http://[fec0::1]/',
    'http://[ff02::1]/',
    'http://localhost/',
    'http://LOCALHOST./',
    'http://app.localhost/',
    'http://printer.local/',
    'http://metadata.google.internal/',
    'http://crm/',
  ])('does not have %s', (address) => {
    expect(isPrivateHost(new URL(address).hostname)).toBe(true)
  })

  it.each([
    'https://crm.example.ru/',
    'https://8.8.8.8/',
    'https://9.255.255.255/',
    'https://11.0.0.0/',
    'https://100.63.255.255/',
    'https://100.128.0.0/',
    'https://126.255.255.255/',
    'https://128.0.0.0/',
    'https://169.253.255.255/',
    'https://172.15.255.255/',
    'https://172.32.0.0/',
    'https://192.167.255.255/',
    'https://192.169.0.0/',
    'https://223.255.255.255/',
    'https://[2a02:6b8::2:242]/',
    'https://[2001:4860:4860::8888]/',
    'https://[2606:4700:4700::1111]/',
  ])('has %s', (address) => {
    expect(isPrivateHost(new URL(address).hostname)).toBe(false)
  })

  it.each(['', 'crm.example.ru', 'fe80::1%eth0', '127.0.0.1:80', '300.1.1.1'])(
    'has no address "%s"',
    (text) => {
      expect(isPrivateAddress(text)).toBe(true)
    },
  )
})

describe('a call to a name', () => {
  const servers: Server[] = []
  afterEach(() => {
    for (const server of servers.splice(0)) server.close()
  })

  /** Two addresses of this machine: the first stands for a public one, the second for a private one. */
  const publicAddress = '127.0.0.2'
  const privateAddress = '127.0.0.1'

  async function serve(
    address: string,
    answer: Parameters<typeof createServer>[1] = (_, response) => response.end('{}'),
  ) {
    const received: string[] = []
    const server = createServer((request, response) => {
      received.push(`${request.method} ${request.headers.host}${request.url}`)
      answer?.(request, response)
    })
    servers.push(server)
    server.listen(0, address)
    await once(server, 'listening')
    const bound = server.address()
    return { port: typeof bound === 'object' ? bound?.port : 0, received }
  }

  /** Resolves a name to the next of some answers every time. */
  function createResolver(...answers: readonly (readonly string[])[]) {
    let calls = 0
    return {
      calls: () => calls,
      resolve: async () => {
        const found = answers[Math.min(calls, answers.length - 1)] ?? []
        calls += 1
        return found.map((address) => ({ address, family: 4 }))
      },
    }
  }

  const send = (
    resolver: ReturnType<typeof createResolver>,
    url: string,
    request: Partial<HttpRequest> = {},
  ) =>
    sendHttp(
      { method: 'POST', url, headers: { 'content-type': 'application/json' }, body: '{"a":1}', ...request },
      {
        fetch: createPublicFetch({
          resolve: resolver.resolve,
          isRefused: (address) => address === privateAddress,
        }),
        timeoutMs: 2000,
      },
    )

  const refused = { failure: 'network', sent: false, refusal: expect.stringContaining('allowPrivate') }

  it('goes to the address that the name stands for', async () => {
    const { port, received } = await serve(publicAddress, (request, response) => request.pipe(response))
    const resolver = createResolver([publicAddress])
    expect(await send(resolver, `http://crm.example.ru:${port}/leads?a=1`)).toEqual({
      status: 200,
      body: '{"a":1}',
    })
    expect(received).toEqual([`POST crm.example.ru:${port}/leads?a=1`])
  })

  it('is refused if the name stands for a private address, also beside a public one', async () => {
    const { port, received } = await serve(privateAddress)
    for (const found of [
      [privateAddress],
      [publicAddress, privateAddress],
      [privateAddress, publicAddress],
    ]) {
      expect(await send(createResolver(found), `http://crm.example.ru:${port}/`)).toEqual(refused)
    }
    expect(await send(createResolver([]), `http://${privateAddress}:${port}/`)).toEqual(refused)
    expect(received).toEqual([])
  })

  it('does not resolve the name a second time, when it may stand for another address', async () => {
    const outer = await serve(publicAddress)
    const inner = await serve(privateAddress)
    const resolver = createResolver([publicAddress], [privateAddress])
    expect(await send(resolver, `http://crm.example.ru:${outer.port}/`)).toMatchObject({ status: 200 })
    expect(resolver.calls()).toBe(1)
    // The next call resolves it, and is refused.
    expect(await send(resolver, `http://crm.example.ru:${inner.port}/`)).toEqual(refused)
    expect(resolver.calls()).toBe(2)
    expect(inner.received).toEqual([])
  })

  it('does not follow a redirect', async () => {
    const inner = await serve(privateAddress)
    const { port } = await serve(publicAddress, (_, response) => {
      response.writeHead(307, { location: `http://${privateAddress}:${inner.port}/` }).end()
    })
    expect(await send(createResolver([publicAddress]), `http://crm.example.ru:${port}/`)).toEqual({
      status: 307,
      body: '',
    })
    expect(inner.received).toEqual([])
  })

  it('knows whether anything was sent before it failed', async () => {
    const { port } = await serve(publicAddress, (request) => request.socket.destroy())
    const resolver = createResolver([publicAddress])
    expect(await send(resolver, `http://crm.example.ru:${port}/`)).toEqual({ failure: 'network', sent: true })
    expect(await send(resolver, 'http://crm.example.ru:1/')).toEqual({ failure: 'network', sent: false })
    expect(await send(createResolver([]), `http://crm.example.ru:${port}/`)).toEqual({
      failure: 'network',
      sent: false,
    })
    // The server does not speak TLS, so no request was sent.
    expect(await send(resolver, `https://crm.example.ru:${port}/`)).toEqual({
      failure: 'network',
      sent: false,
    })
  })

  it('ends when the time is over, and reads no more of an answer than is asked for', async () => {
    const silent = await serve(publicAddress, () => undefined)
    expect(await send(createResolver([publicAddress]), `http://crm.example.ru:${silent.port}/`)).toEqual({
      failure: 'timeout',
      sent: true,
    })
    const long = await serve(publicAddress, (_, response) => response.end('a'.repeat(2_000_000)))
    const result = await send(createResolver([publicAddress]), `http://crm.example.ru:${long.port}/`)
    expect('body' in result && result.body.length).toBe(256 * 1024)
  })

  it('reads an answer without a body', async () => {
    const { port } = await serve(publicAddress, (_, response) => response.writeHead(204).end())
    expect(await send(createResolver([publicAddress]), `http://crm.example.ru:${port}/`)).toEqual({
      status: 204,
      body: '',
    })
  })
})
