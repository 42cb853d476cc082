import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Browser } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import { createFakeRelay, hooks } from '../../src/entries/testing.ts'
import { monitorPage } from '../journey/support/pages/monitor-page.ts'
import { connectBrowser } from '../support/connect-browser.ts'
import { applications } from './applications.ts'

const run = promisify(execFile)
const repository = fileURLToPath(new URL('../..', import.meta.url))

let root: string
let tarball: string
let browser: Browser

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'anketa-apps-'))
  await command(repository, 'npm', 'pack', '--ignore-scripts', '--pack-destination', root)
  tarball = join(root, `anketa-${manifest.version}.tgz`)
  browser = await connectBrowser()
})

afterAll(async () => {
  await browser.close()
  await rm(root, { recursive: true, force: true })
})

/** Nothing that a framework's tool may want to send leaves this machine; npm's own environment stays out of the way. */
const environment = {
  ...Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(?:npm_|VITEST|NODE_ENV)/.test(name)),
  ),
  NEXT_TELEMETRY_DISABLED: '1',
  ASTRO_TELEMETRY_DISABLED: '1',
  CI: '1',
}

/** Runs a command. Its output is the error's message if it fails. */
async function command(folder: string, name: string, ...args: readonly string[]): Promise<void> {
  await run(name, [...args], {
    cwd: folder,
    env: { ...environment, PATH: [join(folder, 'node_modules/.bin'), process.env['PATH']].join(delimiter) },
    shell: process.platform === 'win32',
    maxBuffer: 2 ** 26,
  }).catch(({ stdout, stderr }: { stdout?: string; stderr?: string }) => {
    throw new Error(`${name} ${args.join(' ')} in ${folder}:\n${stdout}\n${stderr}`)
  })
}

describe.each(applications)('a new application: $name', ({ name, template, overlay, ...application }) => {
  let folder: string
  let server: ChildProcess | undefined

  beforeAll(async () => {
    folder = join(root, name)
    const [creator, ...args] = template
    if (creator) await command(root, 'npm', 'exec', '--yes', '--', creator, name, ...args)
    await cp(new URL(`overlays/${overlay}`, import.meta.url), folder, { recursive: true })
    const packages = [tarball, `preact@${manifest.devDependencies.preact}`, ...application.packages]
    await command(folder, 'npm', 'install', '--no-audit', '--no-fund', ...packages)
  })

  afterAll(() => {
    server?.kill()
  })

  it('is built and passes its type check', async () => {
    for (const script of application.scripts) await command(folder, 'npm', 'run', script)
  })

  it('shows the form, takes a lead and passes on the outcome', async () => {
    const port = await findFreePort()
    const [program = '', ...args] = application.serve.map((word) => (word === 'PORT' ? `${port}` : word))
    server = spawn(join(folder, 'node_modules/.bin', program), args, {
      cwd: folder,
      env: environment,
      stdio: 'ignore',
    })
    const address = `http://127.0.0.1:${port}/`
    await expect
      .poll(
        () =>
          fetch(address).then(
            ({ status }) => status,
            () => 0,
          ),
        { timeout: 60_000 },
      )
      .toBe(200)

    const relay = createFakeRelay({ definition: 'callback' })
    const page = await browser.newPage()
    const { consoleMessages } = monitorPage(page)
    await page.route('**/forms/**', relay.route)
    await page.goto(address)
    await expect.poll(() => page.locator(hooks.form).count()).toBe(application.forms)

    const form = page.locator('[data-anketa-status=ready]').first()
    expect(await form.locator(hooks.control('firstName')).inputValue()).toBe('Анна')
    await form.locator(hooks.control('phone')).fill('+79000000001')
    await form.locator(hooks.consent('processing')).check()
    await form.locator(hooks.action('submit')).click()
    await form.locator(hooks.status('accepted')).waitFor()
    expect(relay.leads.map(({ values }) => values)).toEqual([{ firstName: 'Анна', phone: '+79000000001' }])
    await expect.poll(() => page.locator('output').first().textContent()).toBe('accepted')
    expect(consoleMessages).toEqual([])
    await page.close()
  })

  it('has one copy of Preact', async () => {
    const lock: { packages: Readonly<Record<string, unknown>> } = JSON.parse(
      await readFile(join(folder, 'package-lock.json'), 'utf8'),
    )
    expect(Object.keys(lock.packages).filter((path) => path.endsWith('/preact'))).toEqual([
      'node_modules/preact',
    ])
  })
})

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
