import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Relay } from '../../../src/relay/relay-options.ts'
import { formEntry } from '../support/invented.ts'
import { createRelayFixture, request } from '../support/relay-fixture.ts'

const immutable = 'public, max-age=31536000, immutable'
const entry = formEntry()
/** May be the first step that a person sees. */
const rareStep = {
  id: 'rare',
  title: 'Ещё',
  when: { field: 'amount', atLeast: 1000 },
  fields: ['snils', 'registration'],
}
const lastStep = { id: 'last', title: 'И ещё', fields: ['inn'] }
const forms = {
  main: entry,
  rare: { ...entry, definition: { steps: [rareStep, ...entry.definition.steps, lastStep] } },
  wrong: { ...entry, consents: [] },
}
let fixture: Awaited<ReturnType<typeof createRelayFixture>>
let relay: Relay

beforeAll(async () => {
  fixture = await createRelayFixture()
  relay = await fixture.start(await fixture.emptyDatabase(), {
    forms,
    widgetFile: await writeRelease('2.0.0'),
  })
}, 60_000)
afterAll(() => fixture.end())

/** Writes the files of a release; returns the address of its loader. */
async function writeRelease(version: string): Promise<string> {
  const folder = join(fixture.root, `release-${version}`)
  await mkdir(folder, { recursive: true })
  const files = releaseFiles(version)
  for (const [name, content] of Object.entries({
    ...files,
    'secret.js': 'not listed',
    'secret.css': 'not listed',
  }))
    await writeFile(join(folder, name), content)
  const hashes = Object.fromEntries(Object.keys(files).map((name) => [name, 'sha384-…']))
  await writeFile(join(folder, 'integrity.json'), JSON.stringify({ version, files: hashes }))
  return join(folder, 'anketa.js')
}

function releaseFiles(version: string) {
  const chunk = `extras-${version.replaceAll('.', '')}aaaaa.js`
  return {
    'anketa.js': `loader ${version}`,
    [`anketa-${version}.js`]: `pinned ${version}`,
    'anketa-stub.js': 'stub',
    'form.js': `export const version = '${version}'; export const form = () => import.meta.form`,
    [chunk]: `chunk ${version}`,
    [chunk.replace('.js', '.css')]: `styles ${version}`,
  }
}

const files = releaseFiles('2.0.0')

describe('the files of the widget', () => {
  it.each([
    ['/anketa.js', 'public, max-age=300', files['anketa.js']],
    ['/anketa-stub.js', 'public, max-age=300', files['anketa-stub.js']],
    ['/form.js', 'public, max-age=300', files['form.js']],
    ['/extras-200aaaaa.js', immutable, 'chunk 2.0.0'],
    ['/anketa-2.0.0.js', immutable, 'pinned 2.0.0'],
    ['/v/2.0.0/form.js', immutable, files['form.js']],
    ['/v/2.0.0/extras-200aaaaa.js', immutable, 'chunk 2.0.0'],
    ['/forms/main/extras-200aaaaa.js', immutable, 'chunk 2.0.0'],
    // Chunks are asked for by pages whose form has been renamed meanwhile, too.
    ['/forms/other/extras-200aaaaa.js?1', immutable, 'chunk 2.0.0'],
    ['/extras-200aaaaa.css', immutable, 'styles 2.0.0'],
    ['/v/2.0.0/extras-200aaaaa.css', immutable, 'styles 2.0.0'],
    ['/forms/main/extras-200aaaaa.css', immutable, 'styles 2.0.0'],
  ])('%s is served to pages of any origin', async (path, caching, content) => {
    const { status, headers, text } = await request(relay, path, {
      headers: { origin: 'https://any.example' },
    })
    expect({ status, text }).toEqual({ status: 200, text: content })
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-type': `text/${path.endsWith('.css') ? 'css' : 'javascript'}; charset=utf-8`,
      'cache-control': caching,
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      vary: 'Accept-Encoding',
    })
    const etag = headers.get('etag') ?? ''
    expect((await request(relay, path, { headers: { 'if-none-match': etag } })).status).toBe(304)
  })

  it.each([
    '/secret.js',
    '/secret.css',
    '/anketa-1.0.0.js',
    '/v/1.0.0/form.js',
    '/v/2.0.0/secret.js',
    '/forms/main/secret.js',
    '/forms/other/form.js',
    '/anketa-..%2Fsecret.js',
  ])('%s is not there, which pages of any origin can read', async (path) => {
    const { status, headers } = await request(relay, path, { headers: { origin: 'https://any.example' } })
    expect(status).toBe(404)
    expect(headers.get('access-control-allow-origin')).toBe('*')
  })

  it.each([
    ['br', 'gzip, deflate, br', brotliDecompressSync],
    ['gzip', 'gzip', gunzipSync],
    ['gzip', 'br;q=0, gzip;q=0.5', gunzipSync],
  ] as const)('are sent as %s to clients that accept "%s"', async (encoding, accept, decompress) => {
    for (const path of ['/anketa.js', '/forms/main/form.js']) {
      const plain = await request(relay, path)
      const response = await relay.fetch(
        new Request(`https://relay.example.ru${path}`, { headers: { 'accept-encoding': accept } }),
      )
      expect(response.headers.get('content-encoding')).toBe(encoding)
      expect(decompress(await response.bytes()).toString()).toBe(plain.text)
    }
  })
})

describe('the script of a form', () => {
  /** What the script of a form holds, once it has been evaluated. */
  async function evaluateScript(form: string): Promise<unknown> {
    const { text } = await request(relay, `/forms/${form}/form.js`)
    const script: { form(): unknown } = await import(`data:text/javascript,${encodeURIComponent(text)}`)
    return script.form()
  }

  it('is compressed fast for its first visitors, and as well as it can be for those who follow', async () => {
    const { text } = await request(relay, '/forms/rare/form.js')
    const load = async (): Promise<Uint8Array> => {
      const address = 'https://relay.example.ru/forms/rare/form.js'
      const response = await relay.fetch(new Request(address, { headers: { 'accept-encoding': 'br' } }))
      return response.bytes()
    }
    const first = await load()
    await expect.poll(async () => (await load()).length).toBeLessThan(first.length)
    for (const bytes of [first, await load()]) expect(brotliDecompressSync(bytes).toString()).toBe(text)
  })

  it('is the entry with the definition that the relay serves', async () => {
    const { headers, text } = await request(relay, '/forms/main/form.js')
    expect(headers.get('cache-control')).toBe('public, max-age=60')
    expect(text.startsWith(files['form.js'])).toBe(true)
    expect(await evaluateScript('main')).toEqual((await request(relay, '/forms/main')).body)
  })

  it('is ASCII, whatever the definition holds', async () => {
    const { text } = await request(relay, '/forms/rare/form.js')
    expect(text).toMatch(/^[\n\x20-\x7e]*$/)
    expect(await evaluateScript('rare')).toEqual((await request(relay, '/forms/rare')).body)
  })

  it('has the texts of fields that few forms ask in their first step, and no others', async () => {
    const rare = await evaluateScript('rare')
    expect(JSON.stringify(rare)).not.toContain('ИНН')
    expect(rare).toMatchObject({
      texts: { fields: { snils: { label: 'СНИЛС' } }, composites: { registration: 'Адрес регистрации' } },
    })
    expect(await evaluateScript('main')).toMatchObject({
      texts: { fields: {}, address: {}, composites: {}, options: {} },
    })
  })

  it('has one identity: with a query it only imports the address without one', async () => {
    const { headers, text } = await request(relay, '/forms/main/form.js?v=1')
    expect(text).toBe("import './form.js'\n")
    expect(headers.get('access-control-allow-origin')).toBe('*')
  })

  it('that is set up wrong is refused', async () => {
    const { status, headers, body } = await request(relay, '/forms/wrong/form.js')
    expect(status).toBe(503)
    expect(body).toMatchObject({ error: { code: 'form-refused' } })
    expect(headers.get('access-control-allow-origin')).toBe('*')
  })
})

it('a relay serves the files of every version that it has served before', async () => {
  const folder = await fixture.usedDatabase()
  const older = await fixture.start(folder, { widgetFile: await writeRelease('1.0.0') })
  await older.close()
  const newer = await fixture.start(folder, { widgetFile: await writeRelease('1.1.0') })
  const text = async (path: string) => (await request(newer, path)).text
  expect(await text('/anketa.js')).toBe('loader 1.1.0')
  expect(await text('/forms/main/form.js')).toContain("'1.1.0'")
  expect(await text('/anketa-1.0.0.js')).toBe('pinned 1.0.0')
  expect(await text('/v/1.0.0/form.js')).toContain("'1.0.0'")
  for (const folderOfPage of ['', '/v/1.0.0', '/forms/main'])
    for (const [ending, content] of [
      ['js', 'chunk 1.0.0'],
      ['css', 'styles 1.0.0'],
    ])
      expect(await text(`${folderOfPage}/extras-100aaaaa.${ending}`)).toBe(content)
  await newer.close()

  const withoutWidget = await fixture.start(folder)
  expect(await request(withoutWidget, '/anketa.js')).toMatchObject({ status: 404 })
  expect((await request(withoutWidget, '/anketa-1.1.0.js')).text).toBe('pinned 1.1.0')
}, 60_000)
