import { fork } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { findPostgresBinaries } from './binaries.ts'

/** A PostgreSQL server of a test. It ends with this process at the latest, and leaves no files. */
export interface PostgresServer {
  readonly port: number
  /** The address of a database. */
  url(database: string): string
  start(): Promise<void>
  /** `fast` disconnects all clients and ends in order; `immediate` is a crash. */
  stop(mode: 'fast' | 'immediate'): Promise<void>
  end(): Promise<void>
}

/**
 * Starts a PostgreSQL server of its own. Rejects on a platform without PostgreSQL's programs. `durable`: whether it syncs to
 * disk, which takes longer.
 */
export async function startPostgresServer({ durable = false } = {}): Promise<PostgresServer> {
  const binaries = findPostgresBinaries()
  if ('problem' in binaries) throw new Error(binaries.problem)
  const port = await findFreePort()
  const script = fileURLToPath(new URL('supervisor.ts', import.meta.url))
  const supervisor = fork(script, [binaries.native, String(port), durable ? 'yes' : 'no'], {
    execArgv: [],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  // The server does not keep this process alive.
  supervisor.unref()
  supervisor.channel?.unref()
  const done = async (): Promise<void> => {
    supervisor.channel?.ref()
    const [answer]: unknown[] = await once(supervisor, 'message')
    supervisor.channel?.unref()
    if (answer !== 'done') throw new Error(String(answer))
  }
  const tell = async (message: string): Promise<void> => {
    const answered = done()
    supervisor.send(message)
    await answered
  }
  await done()
  await tell('start')
  return {
    port,
    url: (database) => `postgres://postgres@127.0.0.1:${port}/${database}`,
    start: () => tell('start'),
    stop: (mode) => tell(mode),
    async end() {
      supervisor.ref()
      const exit = once(supervisor, 'exit')
      supervisor.disconnect()
      await exit
    },
  }
}

async function findFreePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = Object(probe.address())
  probe.close()
  await once(probe, 'close')
  return Number(port)
}
