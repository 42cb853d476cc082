import { once } from 'node:events'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, inject, it } from 'vitest'
import { startDemo } from '../../../demo/demo.ts'
import { copyDatabaseTemplate } from '../../support/database-template.ts'

it('answers 50 requests that arrive while it starts on an empty folder', async () => {
  const port = await findFreePort()
  const answers = Array.from({ length: 50 }, (_, index) =>
    requestUntilAnswered(port, paths[index % paths.length]),
  )
  const demo = await startDemo({ port, folder: join(inject('runFolder'), 'demo-start') })
  try {
    expect(await Promise.all(answers)).toEqual(answers.map(() => 200))
  } finally {
    await demo.close()
  }
})

it('stops when its relay cannot start, and frees the port', async () => {
  const port = await findFreePort()
  const folder = join(inject('runFolder'), 'demo-start-twice')
  await copyDatabaseTemplate(folder)
  const demo = await startDemo({ port: 0, folder })
  try {
    await expect(startDemo({ port, folder })).rejects.toThrow('is in use by')
    await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow('fetch failed')
  } finally {
    await demo.close()
  }
})

const paths = ['/', '/anketa.js', '/forms/main', '/healthz', '/sandbox/devtek/', '/pages'] as const

/** The status of the answer. Tries again while nothing listens on the port. */
async function requestUntilAnswered(port: number, path = '/'): Promise<number> {
  for (;;) {
    try {
      const response = await fetch(`http://127.0.0.1:${port}${path}`)
      await response.arrayBuffer()
      return response.status
    } catch {
      await pause(20)
    }
  }
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0)
  await once(server, 'listening')
  const { port } = Object(server.address())
  server.close()
  await once(server, 'close')
  return port
}
