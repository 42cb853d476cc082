import type { IncomingMessage } from 'node:http'
import { pipeline, type Readable, type Transform } from 'node:stream'
import { constants, createBrotliDecompress, createUnzip } from 'node:zlib'

/** The codings that a request asks for. The name `deflate` stands for two formats, of which one is decoded. */
export const acceptedEncodings = 'gzip, br'

/** More than any server applies to one answer. */
const maxEncodings = 3

/** Statuses whose answers have no body, and which `Response` takes without one only. */
const emptyStatuses = new Set([204, 205, 304])

/**
 * The answer of Node's client as a `Response`, with its body decoded. The body is decoded while it is read, so that who
 * reads a part of it limits the decoded size, too. Throws on a status outside 200 to 599.
 */
export function toResponse(incoming: IncomingMessage): Response {
  const { statusCode = 0, headers } = incoming
  const hasBody = !emptyStatuses.has(statusCode)
  const names = Object.entries(headers).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value] as const] : [],
  )
  const response = new Response(hasBody ? toStream(decode(incoming)) : null, {
    status: statusCode,
    headers: Object.fromEntries(names),
  })
  if (!hasBody) incoming.resume()
  return response
}

/** Takes the content codings off, the last one first. One that is not known leaves the bytes as they came. */
function decode(incoming: IncomingMessage): Readable {
  const codings = (incoming.headers['content-encoding'] ?? '').toLowerCase().split(',', maxEncodings)
  return codings
    .map((coding) => createDecoder(coding.trim()))
    .reverse()
    .reduce<Readable>(
      // The decoder has the error, too.
      (stream, decoder) => (decoder ? pipeline(stream, decoder, () => {}) : stream),
      incoming,
    )
}

function createDecoder(coding: string): Transform | undefined {
  // As browsers do: a body that ends early gives what it has.
  const lenient = { flush: constants.Z_SYNC_FLUSH, finishFlush: constants.Z_SYNC_FLUSH }
  switch (coding) {
    case 'gzip':
    case 'x-gzip':
    case 'deflate':
      return createUnzip(lenient)
    case 'br': {
      const { BROTLI_OPERATION_FLUSH: flush } = constants
      return createBrotliDecompress({ flush, finishFlush: flush })
    }
    default:
      return undefined
  }
}

function toStream(body: Readable): ReadableStream<Uint8Array<ArrayBuffer>> {
  const chunks: AsyncIterator<Buffer> = body[Symbol.asyncIterator]()
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await chunks.next()
      if (done) controller.close()
      else controller.enqueue(Uint8Array.from(value))
    },
    cancel() {
      body.destroy()
    },
  })
}
