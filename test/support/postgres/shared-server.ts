import { once } from 'node:events'
import { createServer } from 'node:http'
import type { TestProject } from 'vitest/node'
import { type PostgresServer, startPostgresServer } from './server.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Answers with the address of the PostgreSQL server that the test files of a run share. */
    postgresAddress: string
  }
}

/**
 * Vitest calls this once, before the tests of a run. The server starts with the first test file that asks for it, because
 * most runs need none.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  let started: Promise<PostgresServer> | undefined
  const broker = createServer((_, response) => {
    started ??= startPostgresServer()
    started.then(
      (server) => response.end(server.url('postgres')),
      (error: unknown) => response.writeHead(500).end(String(error)),
    )
  })
  broker.listen(0, '127.0.0.1')
  await once(broker, 'listening')
  // The broker does not keep a run alive.
  broker.unref()
  const { port } = Object(broker.address())
  project.provide('postgresAddress', `http://127.0.0.1:${port}/`)
  return async () => {
    broker.close()
    await (await started)?.end()
  }
}
