import { execFile } from 'node:child_process'
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Browser, Page } from 'playwright'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import manifest from '../../../package.json' with { type: 'json' }
import { createFakeRelay, hooks } from '../../../src/entries/testing.ts'
import { connectBrowser } from '../../support/connect-browser.ts'

const run = promisify(execFile)
const repository = fileURLToPath(new URL('../../..', import.meta.url))
const installed = (path: string): string => join(repository, 'node_modules', path)
const types = { '.html': 'text/html', '.js': 'text/javascript' } as const

let root: string
let tarball: string
let browser: Browser

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'anketa-package-'))
  await npm(repository, 'pack', '--ignore-scripts', '--pack-destination', root)
  tarball = join(root, `anketa-${manifest.version}.tgz`)
  browser = await connectBrowser()
})

afterAll(async () => {
  await browser.close()
  await rm(root, { recursive: true, force: true })
})

/** Runs npm as it came with Node or with the packages. */
async function npm(folder: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await run('npm', [...args], { cwd: folder, shell: process.platform === 'win32' })
  return stdout
}

/**
 * A fresh application with the package, and what the package says that it needs. Packages come as copies from this
 * repository's, so that no network is needed; that the registry has them in these versions is not shown.
 */
async function freshApplication(preact: 'preact' | 'preact-10'): Promise<string> {
  const folder = join(root, preact)
  await cp(new URL('../../package/app', import.meta.url), folder, { recursive: true })
  const needed = [...Object.keys(manifest.dependencies), 'preact-render-to-string']
  const dependencies = {
    anketa: `file:${tarball}`,
    preact: `file:${installed(preact)}`,
    ...Object.fromEntries(needed.map((name) => [name, `file:${installed(name)}`])),
  }
  await writeFile(
    join(folder, 'package.json'),
    JSON.stringify({ private: true, type: 'module', dependencies }),
  )
  await npm(folder, 'install', '--offline', '--install-links', '--ignore-scripts', '--no-audit', '--no-fund')
  return folder
}

describe.each(['preact', 'preact-10'] as const)('the package, in a fresh application with %s', (preact) => {
  let folder: string
  beforeAll(async () => {
    folder = await freshApplication(preact)
  })

  it('brings what the widget needs, and nothing of the relay', async () => {
    const names = (await readdir(join(folder, 'node_modules'))).filter((name) => !name.startsWith('.'))
    expect(names.toSorted()).toEqual(['@preact', 'anketa', 'preact', 'preact-render-to-string', 'valibot'])
    const { version }: { version: string } = JSON.parse(
      await readFile(join(folder, 'node_modules/preact/package.json'), 'utf8'),
    )
    expect(version).toMatch(preact === 'preact' ? /^11\./ : /^10\./)
  })

  it('type-checks, its own declarations too', async () => {
    await run(process.execPath, [installed('typescript/bin/tsc'), '--project', folder])
  })

  it('is built by Vite and runs in a browser: mounted, as an element, as a component', async () => {
    await build({ root: folder, configFile: false, logLevel: 'warn' })
    const relay = createFakeRelay({ definition: 'microloan' })
    const { page, said } = await openBuilt(join(folder, 'dist'), relay)
    await page.locator(`#mount ${hooks.form}`).waitFor()
    await page.locator(`anketa-form ${hooks.step('loan')}`).waitFor()
    await page.locator(`#preact ${hooks.step('loan')}`).waitFor()
    expect(await page.locator(`#preact ${hooks.control('amount')}`).inputValue()).toBe('30\u00a0000')

    const form = page.locator('#mount')
    await form.locator(hooks.control('phone')).fill('+79000000001')
    await form.locator(hooks.consent('processing')).check()
    await form.locator(hooks.action('submit')).click()
    await form.locator(hooks.status('accepted')).waitFor()
    expect(relay.leads.map(({ values }) => values)).toEqual([{ firstName: 'Анна', phone: '+79000000001' }])
    expect(await page.locator('body').getAttribute('data-outcome')).toBe('accepted')
    expect(await page.locator('body').getAttribute('data-heard')).toBe('accepted')
    expect(said).toEqual([])
    await page.close()
  })

  it('is imported by a server, draws its place there, and touches nothing', async () => {
    const { stdout } = await run(process.execPath, ['ssr.ts'], { cwd: folder })
    expect(JSON.parse(stdout)).toEqual({
      exports: {
        anketa: ['defineForm', 'mount'],
        'anketa/define': [],
        'anketa/preact': ['LoanForm'],
        'anketa/providers/devtek': ['devtek'],
        'anketa/testing': ['createFakeRelay', 'driveForm', 'hooks'],
      },
      globals: [],
      html: '<div></div>',
    })
  })

  it('brings one adapter without the others', async () => {
    await build({
      root: folder,
      configFile: false,
      logLevel: 'warn',
      build: { outDir: 'adapter', lib: { entry: 'one-adapter.ts', formats: ['es'], fileName: 'one' } },
    })
    const bundle = await readFile(join(folder, 'adapter/one.js'), 'utf8')
    expect(bundle).toContain('/new-lead/')
    expect(bundle).not.toMatch(/admitad|lotinfo|5crm/i)
  })

  it('names what its relay needs besides, and the command that installs it', async () => {
    const relay = run(process.execPath, [join(folder, 'node_modules/anketa/dist/relay/cli/bin.js'), '--help'])
    await expect(relay).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(
        /^anketa-relay: the relay needs packages that are not installed here: .*hono.*pg-boss.*\. Install them: npm install "/,
      ),
    })
  })
})

/** Opens what Vite has built, on a page of no server's: every request is answered here. */
async function openBuilt(
  folder: string,
  relay: ReturnType<typeof createFakeRelay>,
): Promise<{ page: Page; said: string[] }> {
  const page = await browser.newPage()
  const said: string[] = []
  page.on('console', (message) => said.push(`${message.type()}: ${message.text()}`))
  page.on('pageerror', (error) => said.push(`uncaught: ${error.message}`))
  await page.route('**/*', async (route) => {
    const { pathname } = new URL(route.request().url())
    const path = pathname === '/' ? '/index.html' : pathname
    const type = Object.entries(types).find(([extension]) => extension === extname(path))?.[1]
    if (!type) return route.fulfill({ status: 404 })
    await route.fulfill({ contentType: type, body: await readFile(join(folder, path), 'utf8') })
  })
  await page.route('**/forms/**', relay.route)
  await page.goto('http://localhost/')
  return { page, said }
}
