import { once } from 'node:events'

/** A connection to a browser. */
export interface BidiConnection {
  /** Sends a command, and resolves with its result. */
  send<Result>(method: string, params: object): Promise<Result>
  close(): void
}

/** Connects to a browser by WebDriver BiDi: https://www.w3.org/TR/webdriver-bidi/. */
export async function connectBidi(address: string): Promise<BidiConnection> {
  const socket = new WebSocket(address)
  await once(socket, 'open')
  const waiting = new Map<number, (message: string | undefined) => void>()
  let lastId = 0
  socket.addEventListener('message', ({ data }) => {
    const { id }: { readonly id?: number } = JSON.parse(String(data))
    if (id === undefined) return
    waiting.get(id)?.(String(data))
    waiting.delete(id)
  })
  socket.addEventListener('close', () => {
    for (const settle of waiting.values()) settle(undefined)
  })
  return {
    send<Result>(method: string, params: object): Promise<Result> {
      lastId += 1
      const id = lastId
      return new Promise((resolve, reject) => {
        waiting.set(id, (text) => {
          const message =
            text === undefined ? { error: method, message: 'connection closed' } : JSON.parse(text)
          if (message.error) reject(new Error(`${message.error}: ${message.message}`))
          else resolve(message.result)
        })
        socket.send(JSON.stringify({ id, method, params }))
      })
    },
    close: () => socket.close(),
  }
}
