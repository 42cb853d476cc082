import { once } from 'node:events'
import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'

/** A message that arrived. */
export interface Arrival {
  /** Of the message, or of a postback: the lead and the status. */
  readonly id: string
  readonly at: number
  /** Whether the receiver closed the connection in place of an answer. */
  readonly isSwallowed: boolean
  /** The leads and the events that it tells of, as `lead event`. */
  readonly about: readonly string[]
}

/** The secrets of {@link receiverEntries}. */
export const receiverEnv = {
  HOOK_SECRET: `whsec_${Buffer.from('an invented secret of forty bytes, no less').toString('base64')}`,
}

/** The part of a configuration that names the receivers at an address. */
export function receiverEntries(url: string, events: readonly string[]) {
  return {
    notify: [
      {
        name: 'hook',
        on: events,
        webhook: { url: `${url}/notices`, secret: { env: 'HOOK_SECRET' }, allowPrivate: true },
      },
    ],
    postbacks: [
      {
        name: 'tracker',
        on: ['new', 'accepted', 'uncertain'],
        url: `${url}/postback?lead={lead}&status={status}`,
        allowPrivate: true,
      },
    ],
  }
}

interface NoticeBody {
  readonly data: Notice & { readonly leads?: readonly Notice[] }
}

interface Notice {
  readonly id: string
  readonly event: string
}

/** Starts a receiver of notifications and a tracker that close every `nth` connection in place of an answer. */
export async function startReceivers(nth: number) {
  const notices: Arrival[] = []
  const postbacks: Arrival[] = []
  let count = 0
  const server = createServer((request, response) => {
    void (async () => {
      const at = Date.now()
      const body = await text(request)
      const url = new URL(request.url ?? '', 'http://127.0.0.1')
      count += 1
      const isSwallowed = count % nth === 0
      if (url.pathname === '/postback') {
        const id = `${url.searchParams.get('lead')} ${url.searchParams.get('status')}`
        postbacks.push({ id, at, isSwallowed, about: [id] })
      } else {
        const { data }: NoticeBody = JSON.parse(body)
        const about = (data.leads ?? [data]).map(({ id, event }) => `${id} ${event}`)
        notices.push({ id: String(request.headers['webhook-id']), at, isSwallowed, about })
      }
      await pause(Math.random() * 30)
      if (isSwallowed) response.destroy()
      else response.end('ok')
    })().catch(() => response.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = Object(server.address())
  return {
    url: `http://127.0.0.1:${port}`,
    notices,
    postbacks,
    async end() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
