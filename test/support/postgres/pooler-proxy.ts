import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/**
 * A proxy on loopback that passes everything on but notifications, as a pooler in transaction mode does: the connection
 * that listens is not the one that the server notifies.
 */
export async function startPoolerProxy(targetPort: number) {
  const sockets = new Set<Socket>()
  const server = createServer((client) => {
    const target = connect(targetPort, '127.0.0.1')
    let pending = Buffer.alloc(0)
    sockets.add(client).add(target)
    client.on('data', (data) => target.write(data))
    target.on('data', (data) => {
      pending = Buffer.concat([pending, data])
      // Every message of the server is a letter and a length that counts itself.
      while (pending.length >= 5 && pending.length > pending.readUInt32BE(1)) {
        const end = 1 + pending.readUInt32BE(1)
        const message = pending.subarray(0, end)
        pending = pending.subarray(end)
        if (message[0] !== 'A'.charCodeAt(0)) client.write(message)
      }
    })
    for (const [one, other] of [
      [client, target],
      [target, client],
    ] as const) {
      one.on('error', () => {})
      one.on('close', () => {
        sockets.delete(one)
        other.destroy()
      })
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = Object(server.address())
  return {
    port: Number(port),
    async end() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
