import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** A proxy on loopback that can lose everything on its way without closing a connection, as a broken network does. */
export async function startSwallowingProxy(targetPort: number) {
  const sockets = new Set<Socket>()
  let swallows = false
  const server = createServer((client) => {
    const target = connect(targetPort, '127.0.0.1')
    for (const [from, to] of [
      [client, target],
      [target, client],
    ] as const) {
      sockets.add(from)
      // A connection that was open while everything was lost never works again.
      let isLost = swallows
      from.on('data', (data) => {
        isLost ||= swallows
        if (!isLost) to.write(data)
      })
      from.on('error', () => {})
      from.on('close', () => {
        sockets.delete(from)
        if (!isLost && !swallows) to.destroy()
      })
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = Object(server.address())
  return {
    port: Number(port),
    /** From now on everything is lost, or connections that are made now work. */
    swallow(on: boolean) {
      swallows = on
    },
    async end() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
