import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as yieldToEventLoop } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Fetch } from '../../../../src/delivery/send-http.ts'
import { describeDepartments } from '../../../../src/relay/cli/places/describe-departments.ts'
import { passportsImportCommand } from '../../../../src/relay/cli/places/passports-import.ts'
import { loadConfig } from '../../../../src/relay/cli/read-config-file.ts'
import type { Relay } from '../../../../src/relay/relay-options.ts'
import { adminEnv, askDepartments, importDepartments } from '../../support/fake-place-lists.ts'
import { formEntry } from '../../support/invented.ts'
import { createRelayFixture, request, toDatabaseOption } from '../../support/relay-fixture.ts'

const units = { '720-001': ['ОВД Выдуманного района', 'УМВД г. Вымышленска'], '010-009': ['ОВД "Сказка"'] }
const code = '720-001'

let fixture: Awaited<ReturnType<typeof createRelayFixture>>
let database: string
let relay: Relay
let folder: string

beforeAll(async () => {
  fixture = await createRelayFixture()
  folder = await mkdtemp(join(tmpdir(), 'anketa-departments-'))
  database = await fixture.usedDatabase()
  relay = await start()
}, 120_000)
afterAll(async () => {
  await fixture.end()
  await rm(folder, { recursive: true, force: true })
})

/** Starts a relay with a form that asks for the passport, and one that does not. */
function start(): Promise<Relay> {
  const entry = formEntry()
  const { steps } = entry.definition
  const passport = {
    id: 'passport',
    title: 'Паспорт',
    fields: ['passport', 'passportIssuedDate', 'passportIssuedCode', 'passportIssuedBy'],
  }
  const main = { ...entry, definition: { ...entry.definition, steps: [...steps, passport] } }
  return fixture.start(database, { forms: { main, short: entry }, env: adminEnv })
}

async function isServed(form: string, of = relay): Promise<boolean> {
  const { body } = await request(of, `/forms/${form}`)
  return Object(body).departments === true
}

describe('without a directory', () => {
  it('no definition promises names, and none are served', async () => {
    expect(await isServed('main')).toBe(false)
    expect(await askDepartments(relay, code)).toMatchObject({
      status: 404,
      body: { error: { code: 'not-found' } },
    })
  })
})

describe('an import', () => {
  it.each([
    ['nothing', undefined],
    ['no codes', {}],
    ['a wrong code', { '72001': ['ОВД'] }],
    ['no name', { '720-001': [] }],
    ['a name that no form accepts', { ...units, '720-002': ['OVD'] }],
  ])('is refused as a whole: %s', async (_, departments) => {
    expect(await importDepartments(relay, departments)).toMatchObject({
      status: 400,
      body: { error: { code: 'not-departments' } },
    })
    expect(await isServed('main')).toBe(false)
  })

  it('needs the admin token', async () => {
    expect(await importDepartments(relay, units, 'wrong')).toMatchObject({ status: 403 })
  })

  it('is stored once', async () => {
    expect(await importDepartments(relay, units)).toMatchObject({
      body: { imported: 'stored', departments: 2 },
    })
    expect(await importDepartments(relay, units)).toMatchObject({ body: { imported: 'unchanged' } })
  })
})

describe('an imported directory', () => {
  it('is announced in the definition of a form that asks for both, and in no other', async () => {
    expect(await isServed('main')).toBe(true)
    expect(await isServed('short')).toBe(false)
    expect((await askDepartments(relay, code, { form: 'short' })).status).toBe(404)
  })

  it('answers the names of a code, which no cache keeps', async () => {
    const { status, body, headers } = await askDepartments(relay, code, {
      headers: { origin: 'https://landing.example.ru' },
    })
    expect([status, body]).toEqual([200, { departments: units['720-001'] }])
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('etag')).toBeNull()
    expect(headers.get('access-control-allow-origin')).toBe('https://landing.example.ru')
    expect(await askDepartments(relay, '999-999')).toMatchObject({ status: 200, body: { departments: [] } })
  })

  it('is asked by no address', async () => {
    const { status, headers } = await request(relay, '/forms/main/departments?code=720-001')
    expect([status, headers.get('cache-control')]).toEqual([405, 'no-store'])
  })

  it.each<[string, number, string, string, string?]>([
    ['nothing', 400, 'not-json', ''],
    ['no JSON', 400, 'not-json', '720-001'],
    ['no code', 400, 'parameter', '{}'],
    ['no object', 400, 'parameter', '"720-001"'],
    ['a part of a code', 400, 'parameter', '{"code":"720"}'],
    ['digits alone', 400, 'parameter', '{"code":"720001"}'],
    ['several codes', 400, 'parameter', '{"code":["720-001","720-002"]}'],
    ['more than a code', 400, 'parameter', `{"code":"720-001'--"}`],
    ['a long body', 413, 'too-large', JSON.stringify({ code, more: 'x'.repeat(300) })],
    ['another type', 415, 'content-type', JSON.stringify({ code }), 'application/x-www-form-urlencoded'],
  ])('refuses %s', async (_, status, error, text, type = 'text/plain') => {
    const answer = await request(relay, '/forms/main/departments', {
      method: 'POST',
      headers: { 'content-type': type },
      body: text,
    })
    expect(answer).toMatchObject({ status, body: { error: { code: error } } })
    // The answer never quotes what was sent.
    expect(answer.text).not.toContain('720')
    expect(answer.headers.get('cache-control')).toBe('no-store')
  })

  it('is for pages of the form only', async () => {
    const foreign = { headers: { origin: 'https://elsewhere.example' } }
    expect(await askDepartments(relay, code, foreign)).toMatchObject({ status: 403 })
  })

  it('is replaced as a whole, never shown in part, and never asked for in vain', async () => {
    const many = (name: string) =>
      Object.fromEntries(
        Array.from({ length: 2000 }, (_, index) => [
          `${index % 2 === 0 ? '72' : '01'}${Math.floor(index / 1000)}-${String(index % 1000).padStart(3, '0')}`,
          [name],
        ]),
      )
    await importDepartments(relay, many('Старый ОВД'))
    const importing = importDepartments(relay, many('Новый ОВД'))
    let ended = false
    void importing.finally(() => (ended = true))
    const seen: string[] = []
    for (let count = 0; !ended || count < 10; count += 1) {
      const answers = await Promise.all(['720-000', '721-998'].map((one) => askDepartments(relay, one)))
      seen.push(answers.map(({ text }) => text).join(' '))
      // As requests over a network do.
      await yieldToEventLoop()
    }
    expect(await importing).toMatchObject({ status: 200, body: { imported: 'stored' } })
    expect((await askDepartments(relay, '720-000')).body).toEqual({
      departments: ['Новый ОВД'],
    })
    // Two requests may come before and after the exchange.
    expect(seen.every((one) => /^(?:\{"departments":\["(?:Старый|Новый) ОВД"\]\} ?){2}$/.test(one))).toBe(
      true,
    )
  })
})

describe('relays on one database', () => {
  it('all use a directory that a command imports, whole', async () => {
    const file = join(folder, 'units.csv')
    const config = join(folder, 'anketa.relay.json')
    await writeFile(file, 'code,name\n720-001,Отделом внутренних дел\n')
    await writeFile(
      config,
      JSON.stringify({
        database: toDatabaseOption(database),
        adminToken: { env: 'ANKETA_ADMIN_TOKEN' },
        forms: { main: formEntry() },
      }),
    )
    const output: string[] = []
    const write = vi
      .spyOn(process.stdout, 'write')
      .mockImplementation((text) => output.push(String(text)) > 0)
    for (const [name, value] of Object.entries(adminEnv)) vi.stubEnv(name, value)
    try {
      // The running relay.
      const fetch: Fetch = (url, init) => relay.fetch(new Request(url, init), { address: '127.0.0.1' })
      const exitCode = await passportsImportCommand.run(
        { config, positionals: [file], options: {} },
        { fetch, stopSignal: new AbortController().signal, widgetUrl: new URL(import.meta.url) },
      )
      expect(exitCode).toBe(0)
      expect(await describeDepartments(await loadConfig(config), fetch)).toBe(
        'departments: 1 codes are imported',
      )
    } finally {
      write.mockRestore()
      vi.unstubAllEnvs()
    }
    expect(output.join('')).toContain('units.csv: 1 codes with 1 names\n')
    expect(output.at(-1)).toBe('Done: the departments of 1 codes are in use.\n')
    expect((await askDepartments(relay, code)).body).toEqual({ departments: ['Отделом внутренних дел'] })
    expect((await askDepartments(relay, '010-009')).body).toEqual({ departments: [] })
  })

  it('learn of it when they start', async () => {
    await relay.close({ graceMs: 100 })
    relay = await start()
    expect(await isServed('main')).toBe(true)
    expect((await askDepartments(relay, code)).body).toEqual({ departments: ['Отделом внутренних дел'] })
  })
})
