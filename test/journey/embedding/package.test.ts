import { execFile } from 'node:child_process'
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Browser, Page } from 'playwright'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { monitorPage } from '../support/pages/monitor-page.ts'
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

/** Runs the installed npm. */
async function npm(folder: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await run('npm', [...args], { cwd: folder, shell: process.platform === 'win32' })
  return stdout
}

/**
 * A new application with the package and its dependencies. They are copied from this repository's node_modules, so that
 * no network is needed; whether the registry has these versions is not tested.
 */
async function freshApplication(preact: 'preact' | 'preact-10'): Promise<string> {
  const folder = join(root, preact)
  await cp(new URL('../../package/app', import.meta.url), folder, { recursive: true })
  const packages = await withDependencies([...Object.keys(manifest.dependencies), 'preact-render-to-string'])
  const dependencies = {
    anketa: `file:${tarball}`,
    preact: `file:${installed(preact)}`,
    ...Object.fromEntries(packages.map((name) => [name, `file:${installed(name)}`])),
  }
  await writeFile(
    join(folder, 'package.json'),
    JSON.stringify({ private: true, type: 'module', dependencies }),
  )
  await npm(folder, 'install', '--offline', '--install-links', '--ignore-scripts', '--no-audit', '--no-fund')
  return folder
}

/** Packages, and what they depend on in turn. */
async function withDependencies(names: readonly string[]): Promise<readonly string[]> {
  const all = new Set(names)
  for (const name of all) {
    const { dependencies = {} }: { readonly dependencies?: object } = JSON.parse(
      await readFile(join(installed(name), 'package.json'), 'utf8'),
    )
    for (const dependency of Object.keys(dependencies)) all.add(dependency)
  }
  return [...all]
}

describe.each(['preact', 'preact-10'] as const)('the package, in a new application with %s', (preact) => {
  let folder: string
  beforeAll(async () => {
    folder = await freshApplication(preact)
  })

  it('installs the dependencies of the widget and none of the relay', async () => {
    const names = (await readdir(join(folder, 'node_modules'))).filter((name) => !name.startsWith('.'))
    expect(names.toSorted()).toEqual([
      '@babel',
      '@preact',
      'altcha-lib',
      'anketa',
      'core-js-pure',
      'imask',
      'preact',
      'preact-render-to-string',
      'valibot',
    ])
    const { version }: { version: string } = JSON.parse(
      await readFile(join(folder, 'node_modules/preact/package.json'), 'utf8'),
    )
    expect(version).toMatch(preact === 'preact' ? /^11\./ : /^10\./)
  })

  it('passes the type check, including its declarations', async () => {
    await run(process.execPath, [installed('typescript/bin/tsc'), '--project', folder])
  })

  it('is bundled by Vite and runs in a browser: mounted, as an element and as a component', async () => {
    await build({ root: folder, configFile: false, logLevel: 'warn' })
    const relay = createFakeRelay({ definition: 'callback' })
    const { page, consoleMessages } = await openBuilt(join(folder, 'dist'), relay)
    await page.locator(`#mount ${hooks.form}`).waitFor()
    await page.locator(`anketa-form ${hooks.step('contact')}`).waitFor()
    await page.locator(`#preact ${hooks.step('contact')}`).waitFor()
    expect(await page.locator(`#preact ${hooks.control('firstName')}`).inputValue()).toBe('Иван')

    const form = page.locator('#mount')
    await form.locator(hooks.control('phone')).fill('+79000000001')
    await form.locator(hooks.consent('processing')).check()
    await form.locator(hooks.action('submit')).click()
    await form.locator(hooks.status('accepted')).waitFor()
    expect(relay.leads.map(({ values }) => values)).toEqual([{ firstName: 'Анна', phone: '+79000000001' }])
    expect(await page.locator('body').getAttribute('data-outcome')).toBe('accepted')
    expect(await page.locator('body').getAttribute('data-last-status')).toBe('accepted')
    expect(consoleMessages).toEqual([])
    await page.close()
  })

  it('can be imported on a server, where it renders its container and sets no globals', async () => {
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

  it('bundles one adapter without the others', async () => {
    await build({
      root: folder,
      configFile: false,
      logLevel: 'warn',
      build: { outDir: 'adapter', lib: { entry: 'one-adapter.ts', formats: ['es'], fileName: 'one' } },
    })
    const bundle = await readFile(join(folder, 'adapter/one.js'), 'utf8')
    expect(bundle).toContain('new-lead')
    // `admitad_uid` is a mark of traffic, which any adapter's templates may name.
    expect(bundle).not.toMatch(/admitad(?!_uid)|lotinfo|5crm/i)
  })

  it('lists the packages that the relay lacks, and the command that installs them', async () => {
    const relay = run(process.execPath, [join(folder, 'node_modules/anketa/dist/relay/cli/bin.js'), '--help'])
    await expect(relay).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(
        /^anketa-relay: the relay needs packages that are not installed here: .*hono.*pg-boss.*\. Install them: npm install "/,
      ),
    })
  })
})

/** Opens the bundle of Vite on a page without a server: every request is intercepted. */
async function openBuilt(
  folder: string,
  relay: ReturnType<typeof createFakeRelay>,
): Promise<{ page: Page; consoleMessages: readonly string[] }> {
  const page = await browser.newPage()
  const { consoleMessages } = monitorPage(page)
  await page.route('**/*', async (route) => {
    const { pathname } = new URL(route.request().url())
    const path = pathname === '/' ? '/index.html' : pathname
    const type = Object.entries(types).find(([extension]) => extension === extname(path))?.[1]
    if (!type) return route.fulfill({ status: 404 })
    await route.fulfill({ contentType: type, body: await readFile(join(folder, path), 'utf8') })
  })
  await page.route('**/forms/**', relay.route)
  await page.goto('http://localhost/')
  return { page, consoleMessages }
}
