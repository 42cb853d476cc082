import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import manifest from '../../../package.json' with { type: 'json' }
import { checkNodeVersion, checkPackages, relayPackages } from '../../../src/relay/cli/preflight.ts'
import { env, formEntry } from '../support/invented.ts'

const command = 'src/relay/cli/bin.ts'
let root: string
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'anketa-command-'))
})
afterAll(() => rm(root, { recursive: true, force: true }))

it('creates no file in its folder that other users can read', { timeout: 60_000 }, async () => {
  const config = join(root, 'anketa.relay.json')
  await writeFile(config, JSON.stringify({ port: 0, host: '127.0.0.1', forms: { main: formEntry() } }))
  const relay = spawn(process.execPath, [command, '--config', config], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    const exited = once(relay, 'exit')
    for await (const line of createInterface({ input: relay.stdout })) if (line.includes('Ready')) break
    const folder = join(root, 'data')
    const paths = await readdir(folder, { recursive: true })
    expect(paths).toEqual(expect.arrayContaining(['holder.json', 'lock.sqlite', join('pg', 'PG_VERSION')]))
    const found = await Promise.all(
      ['', ...paths].map(async (path) => ({ path, stats: await stat(join(folder, path)) })),
    )
    expect(found.length).toBeGreaterThan(900)
    expect(found.filter(({ stats }) => (stats.mode & 0o077) !== 0).map(({ path }) => path)).toEqual([])
    relay.kill('SIGTERM')
    expect(await exited).toEqual([0, null])
  } finally {
    relay.kill('SIGKILL')
  }
})

it.each([
  ['22.13.0', true],
  ['24.0.0', true],
  ['22.12.9', false],
  ['20.20.2', false],
])('on Node %s it runs: %s', (version, runs) => {
  expect(checkNodeVersion(version) === undefined).toBe(runs)
})

it('names the required version on an older Node, before it loads other modules', async () => {
  // Simulates an older Node: another version, and no node:sqlite.
  const older = `import { registerHooks } from 'node:module'
    Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.11.0' } })
    registerHooks({ resolve(specifier, context, next) {
      if (specifier === 'node:sqlite') throw new Error('ERR_UNKNOWN_BUILTIN_MODULE')
      return next(specifier, context)
    } })`
  const run = promisify(execFile)(process.execPath, [
    '--import',
    `data:text/javascript,${encodeURIComponent(older)}`,
    command,
    '--help',
  ])
  await expect(run).rejects.toMatchObject({
    code: 1,
    stdout: '',
    stderr:
      'anketa-relay: the relay needs Node 22.13 or newer, and this is Node 20.11.0: install a newer one from https://nodejs.org.\n',
  })
})

it('names the missing packages and the command that installs them', () => {
  const optional = Object.keys(manifest.peerDependenciesMeta).filter(
    // Only e-mails need nodemailer, and only signed consents the packages of PDFs.
    (name) => !['react', 'nodemailer', 'pdfkit', '@expo-google-fonts/pt-sans'].includes(name),
  )
  expect(relayPackages).toEqual(
    Object.fromEntries(Object.entries(manifest.peerDependencies).filter(([name]) => optional.includes(name))),
  )
  expect(checkPackages(() => '')).toBeUndefined()
  const without = (...names: readonly string[]) =>
    checkPackages((name) => {
      if (names.includes(name)) throw new Error('Cannot find package')
    })
  expect(without('hono', 'pg-boss')).toBe(
    `the relay needs packages that are not installed here: hono, pg-boss. Install them: npm install "hono@${manifest.peerDependencies.hono}" "pg-boss@${manifest.peerDependencies['pg-boss']}"`,
  )
})
