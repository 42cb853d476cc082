import { chmod, stat } from 'node:fs/promises'
import { relative } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createRelayFixture } from '../support/relay-fixture.ts'

const timeout = 60_000
let fixture: Awaited<ReturnType<typeof createRelayFixture>>
beforeAll(async () => {
  fixture = await createRelayFixture()
})
afterAll(() => fixture.end())

describe('the database folder', { timeout }, () => {
  it('belongs to one relay: the error of a second one names the owner', async () => {
    const folder = await fixture.usedFolder()
    await fixture.start(folder)
    await expect(fixture.start(relative(process.cwd(), folder))).rejects.toThrow(
      new RegExp(
        `^The folder /.*folder-\\d+ is in use by the relay with process id ${process.pid} on \\S+ since 20\\S+: stop it first, or give this one another folder\\.$`,
      ),
    )
  })

  it.each([
    ['new', false],
    ['open to other users before', true],
  ])('is closed to other users of the machine: %s', async (_, found) => {
    const folder = found ? await fixture.usedFolder() : fixture.emptyFolder()
    if (found) await chmod(folder, 0o777)
    await fixture.start(folder)
    expect((await stat(folder)).mode & 0o777).toBe(0o700)
  })

  it('is unlocked after the relay was closed', async () => {
    const folder = await fixture.usedFolder()
    await (await fixture.start(folder)).close()
    await fixture.start(folder)
  })
})
