import { execFileSync } from 'node:child_process'
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs'
import { mkdtemp, rm, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inventLead } from '../support/invented.ts'
import { readDatabase } from '../support/read-database.ts'
import { createRelayFixture, postLead, request } from '../support/relay-fixture.ts'
import { postByHttp, type RelayProcess, spawnRelay } from '../support/process/relay-process.ts'

const megabyte = 1024 * 1024
let root: string
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'anketa-full-'))
})
afterAll(() => rm(root, { recursive: true, force: true }))

describe('with a disk whose free space is set', () => {
  let fixture: Awaited<ReturnType<typeof createRelayFixture>>
  beforeAll(async () => {
    fixture = await createRelayFixture()
  })
  afterAll(() => fixture.end())

  it(
    'refuses leads below the reserve, says so once, and goes on by itself',
    { timeout: 60_000 },
    async () => {
      let free = 300 * megabyte
      const log: string[] = []
      const folder = await fixture.usedFolder()
      const relay = await fixture.start(folder, {
        readFreeBytes: () => free,
        log: (level, text) => log.push(`${level} ${text}`),
      })
      const posted = [inventLead()]
      expect((await postLead(relay, posted[0])).status).toBe(200)
      for (const megabytes of [255, 100, 63, 0]) {
        free = megabytes * megabyte
        await pause(250)
        const refused = await postLead(relay, inventLead())
        expect(refused.status).toBe(503)
        expect(refused.headers.get('retry-after')).toBe('30')
        expect(refused.body).toMatchObject({ error: { code: 'not-stored' } })
        expect(await request(relay, '/healthz')).toMatchObject({ status: 503, body: { status: 'down' } })
        const page = await request(relay, '/forms/main/leads', {
          method: 'POST',
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          body: 'phone=1',
        })
        expect({ status: page.status, type: page.headers.get('content-type') }).toEqual({
          status: 503,
          type: 'text/html; charset=utf-8',
        })
      }
      free = 260 * megabyte
      await pause(250)
      expect((await postLead(relay, inventLead())).status).toBe(503)
      free = 300 * megabyte
      await pause(250)
      const next = inventLead()
      posted.push(next)
      expect((await postLead(relay, next)).status).toBe(200)
      expect(await request(relay, '/healthz')).toMatchObject({ status: 200 })
      expect(log.filter((line) => line.includes('disk'))).toEqual([
        'error The disk is almost full: leads are refused until there is space',
        'info There is space on the disk again: leads are taken',
      ])
      await relay.close()
      const rows = await readDatabase(folder, 'select id from anketa.leads order by number')
      expect(rows).toEqual(posted.map(({ id }) => ({ id })))
    },
  )

  it('does not start below half of the reserve, and names the folder', async () => {
    const folder = await fixture.usedFolder()
    const start = fixture.start(folder, { readFreeBytes: () => 100 * megabyte })
    await expect(start).rejects.toThrow(`The disk of ${folder} is almost full`)
  })
})

/** Mounts a small file system in memory; `undefined` without the rights for that. */
function mountSmallDisk(folder: string, megabytes: number): string | undefined {
  try {
    mkdirSync(folder)
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder], { stdio: 'ignore' })
    return folder
  } catch {
    return undefined
  }
}

/** Writes a file until nothing is left of the disk. */
function fillDisk(file: string): void {
  const descriptor = openSync(file, 'w')
  try {
    for (;;) writeSync(descriptor, Buffer.alloc(megabyte))
  } catch {
    closeSync(descriptor)
  }
}

describe.runIf(process.platform === 'linux' && process.getuid?.() === 0)('on a small disk', () => {
  let disk: string | undefined
  const processes: RelayProcess[] = []
  beforeAll(() => {
    disk = mountSmallDisk(join(root, 'disk'), 260)
  })
  afterAll(() => {
    for (const { child } of processes) child.kill('SIGKILL')
    if (disk !== undefined) execFileSync('umount', ['-l', disk])
  })

  it(
    'a full disk refuses leads and stops nothing; given space, it goes on; nothing is lost',
    { timeout: 180_000 },
    async ({ skip }) => {
      if (disk === undefined) skip('this user may not mount a disk')
      const data = join(disk ?? '', 'data')
      const filler = join(disk ?? '', 'filler')
      const config = { database: `pglite:${data}`, reserveMegabytes: 64 }
      const start = async () => {
        const relay = await spawnRelay(join(root, 'config'), config)
        processes.push(relay)
        return { relay, address: await relay.address() }
      }
      const stored: string[] = []
      const statuses = new Map<number, number>()
      let refused = 0
      /** Posts from three sides until it is stopped. */
      const post = (address: string) => {
        let posting = true
        const loop = async (): Promise<void> => {
          while (posting) {
            const lead = inventLead()
            const status = (await postByHttp(address, lead))?.status ?? 0
            statuses.set(status, (statuses.get(status) ?? 0) + 1)
            if (status === 202) stored.push(lead.id)
            else await pause(20)
            if (status === 503) refused += 1
          }
        }
        const loops = Promise.all([loop(), loop(), loop()])
        return async () => {
          posting = false
          await loops
        }
      }
      const isHealthy = async (address: string) => {
        const started = Date.now()
        const { status } = await fetch(`${address}/healthz`, { signal: AbortSignal.timeout(5000) })
        return { status, quick: Date.now() - started < 3000 }
      }

      const first = await start()
      const stopFirst = post(first.address)
      await pause(3000)
      fillDisk(filler)
      for (let second = 0; second < 8; second += 1) {
        await pause(1000)
        expect(await isHealthy(first.address)).toEqual({ status: 503, quick: true })
      }
      expect(refused).toBeGreaterThan(10)
      expect((await statfs(disk ?? '')).bavail).toBe(0)

      await rm(filler)
      const before = stored.length
      await expect.poll(() => stored.length, { timeout: 20_000 }).toBeGreaterThan(before + 5)
      // A report holds for a second, and a probe for two.
      await expect.poll(async () => (await isHealthy(first.address)).status, { timeout: 10_000 }).toBe(200)

      fillDisk(filler)
      await pause(2000)
      first.relay.child.kill('SIGTERM')
      expect(await first.relay.exited).toEqual({ code: 0, signal: null })
      await stopFirst()
      const full = await spawnRelay(join(root, 'config'), config)
      await full.logged(`The disk of ${data} is almost full`)
      expect(await full.exited).toEqual({ code: 1, signal: null })

      await rm(filler)
      const second = await start()
      const stopSecond = post(second.address)
      await pause(1500)
      await stopSecond()
      second.relay.child.kill('SIGTERM')
      expect(await second.relay.exited).toEqual({ code: 0, signal: null })
      const rows = await readDatabase(data, 'select id from anketa.leads')
      const ids = new Set(rows.map((row) => Reflect.get(row, 'id')))
      console.log(JSON.stringify({ stored: stored.length, statuses: Object.fromEntries(statuses) }))
      expect(stored.filter((id) => !ids.has(id))).toEqual([])
    },
  )
})
