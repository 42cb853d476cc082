import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { assert, property, string, uniqueArray } from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { definitionSchemas } from '../../../src/form/definition.ts'
import { ConfigError, parseConfig, relayConfigSchema } from '../../../src/relay/config/config.ts'
import { formConfigSchema } from '../../../src/relay/config/form-config.ts'
import { createConfigReport } from '../../../src/relay/config/report/config-report.ts'
import { destinationRulesSchema } from '../../../src/relay/config/routing-config.ts'
import { findRepeatedKeys } from '../../../src/relay/config/values/repeated-keys.ts'
import { env, formEntry } from '../support/invented.ts'
import { createRelayFixture } from '../support/relay-fixture.ts'

const entry = formEntry()
const longToken = 'invented-token-0123456789'

function parse(config: object, tokens: Readonly<Record<string, string>> = {}) {
  const readText = () => Promise.reject(new Error('none'))
  return parseConfig({ forms: { main: entry }, ...config }, { env: { ...env, ...tokens }, readText })
}

async function remarksOf(config: object, tokens?: Readonly<Record<string, string>>) {
  const { remarks = [], forms } = await parse(config, tokens)
  const main = forms.get('main')
  return [...remarks, ...(main && 'form' in main ? (main.form.remarks ?? []) : [])]
}

async function problemsOf(config: object, tokens: Readonly<Record<string, string>> = {}) {
  try {
    const { forms } = await parse(config, tokens)
    const main = forms.get('main')
    return main && 'problems' in main ? main.problems : []
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
}

/** The fields of the form without the amount. */
const otherFields = entry.definition.steps
  .slice(1)
  .flatMap(({ fields }: { readonly fields: readonly unknown[] }) => fields)

const withForm = (form: object) => ({ forms: { main: { ...entry, ...form } } })
const withDefinition = (definition: object) =>
  withForm({ definition: { ...entry.definition, ...definition } })
const withWhen = (when: object) => withForm({ destinations: [{ ...entry.destinations[0], when }] })

describe('a mistake is one sentence with its path', () => {
  it.each<readonly [string, object, string]>([
    ['retentionDays', { retentionDays: 1e15 }, 'retentionDays: expected a whole number of days, 1 to 36500'],
    ['partialDays', { partialDays: 36_501 }, 'partialDays: expected a whole number of days, 1 to 36500'],
    [
      'limits',
      { limits: { perPhone: 1e9 } },
      'limits.perPhone: expected a whole number of leads a minute, 1 to 1000000',
    ],
    ['trustProxy', { trustProxy: 1e9 }, 'trustProxy: expected a whole number of proxies, 0 to 100'],
    [
      'reserve',
      { reserveMegabytes: 1e15 },
      'reserveMegabytes: expected a whole number of megabytes, 64 to 1000000',
    ],
    [
      'free days',
      withDefinition({ loan: { ratePerDay: 0.8, fullCost: { min: 1, max: 2 }, freeDays: 1e15 } }),
      'loan.freeDays: expected whole days, 0 to 3650',
    ],
    [
      'ages',
      withForm({ minimumAge: 60, maximumAge: 20 }),
      'maximumAge: expected 60 or more, the minimum age, or nobody could apply',
    ],
    [
      'the usual least age',
      withForm({ maximumAge: 17 }),
      'maximumAge: expected 18 or more, the minimum age, or nobody could apply',
    ],
    [
      'limits of a field',
      withDefinition({
        steps: [
          {
            id: 'a',
            title: 'А',
            fields: [{ name: 'amount', minimum: 5, maximum: 4 }, ...otherFields],
          },
        ],
      }),
      'steps.0.fields.0.minimum: expected no more than "maximum"',
    ],
    ['forms as a list', { forms: [entry] }, 'forms: expected an object, { … }, got a list'],
    ['limits as a list', { limits: [] }, 'limits: expected an object, { … }, got a list'],
    ['console as a list', { console: [{}] }, 'console: expected an object, { … }, got a list'],
    ['a form as a list', { forms: { main: [] } }, 'expected an object, { … }, got a list'],
    [
      'a definition as a list',
      withForm({ definition: [] }),
      'definition: expected an object, { … }, got a list',
    ],
    ['an operator as a list', withForm({ operator: [] }), 'operator: expected an object, { … }, got a list'],
    [
      'a query',
      { publicUrl: 'https://leads.example.ru/?a=1' },
      'publicUrl: expected an address without a user name, a password, a query and a fragment, https://…',
    ],
    [
      'a fragment',
      { publicUrl: 'https://leads.example.ru/#a' },
      'publicUrl: expected an address without a user name, a password, a query and a fragment, https://…',
    ],
    ...['http://127.0.0.1', '127.0.0.1:8787', '', 'a b', '[::1]'].map(
      (host): readonly [string, object, string] => [
        `the host ${host}`,
        { host },
        'host: expected a host name or an IP address, without http:// and without a port: "127.0.0.1"',
      ],
    ),
  ])('%s', async (_, config, problem) => {
    expect(await problemsOf(config)).toEqual([problem])
  })

  it.each<readonly [string, object]>([
    ['a hundred years', { retentionDays: 36_500, partialDays: 36_500 }],
    ['a server without a password', { database: 'postgres://leads@db.example.ru/leads' }],
    ['an IPv6 address', { host: '::1' }],
    ['a host name', { host: 'relay.internal' }],
    ['a path of the address', { publicUrl: 'https://example.ru/leads/' }],
    [
      'conditions that can hold',
      withWhen({
        any: [
          { field: 'amount', atLeast: 5000 },
          { field: 'amount', equals: 7000 },
          { field: 'phone', equals: '+79000000001' },
          { field: 'email', filled: true },
        ],
      }),
    ],
  ])('and what is right stays right: %s', async (_, config) => {
    expect(await problemsOf(config)).toEqual([])
  })
})

/** The numbers of a schema that have no end, by their paths. */
function findEndless(schema: unknown, path: string, seen = new Set<unknown>()): readonly string[] {
  if (typeof schema !== 'object' || schema === null || seen.has(schema)) return []
  seen.add(schema)
  const view: Readonly<Record<string, unknown>> = { ...schema }
  if (view['type'] === 'number') {
    const actions = Array.isArray(view['pipe']) ? view['pipe'].map((item: object) => Object(item).type) : []
    return actions.some((type) => ['max_value', 'check', 'safe_integer'].includes(type)) ? [] : [path]
  }
  return Object.entries(view).flatMap(([key, inner]) => {
    if (typeof inner !== 'object' || inner === null || ['message', 'getter'].includes(key)) return []
    const where = ['entries', 'wrapped', 'pipe', 'options', 'item', 'value'].includes(key)
      ? path
      : `${path}.${key}`
    return findEndless(inner, where, seen)
  })
}

it('every number of a configuration ends somewhere, before dates, timers and sizes do', () => {
  expect(findEndless(relayConfigSchema, 'relay')).toEqual([])
  expect(findEndless(formConfigSchema, 'form')).toEqual([])
  expect(findEndless(destinationRulesSchema.entries.share, 'share')).toEqual([])
  expect(findEndless(destinationRulesSchema.entries.capPerDay, 'capPerDay')).toEqual([])
  // What only compares and shows numbers may have any.
  expect(
    findEndless(definitionSchemas.loan, 'loan').filter((path) => !path.startsWith('loan.fullCost')),
  ).toEqual([])
  expect(findEndless({ type: 'strict_object', entries: { a: { type: 'number' } } }, 'relay')).toEqual([
    'relay.a',
  ])
})

const passwordRemark =
  'database: this address has a password, and configurations are copied, mailed and committed: better { "url": { "env": "NAME" } } or { "url": { "file": "PATH" } }'

describe('what runs, and was probably not meant, is a remark', () => {
  it.each<readonly [string, object, string]>([
    ['a password', { database: 'postgres://leads:PASSWORD@db.example.ru/leads' }, passwordRemark],
    [
      'a password as a parameter',
      { database: 'postgresql://db.example.ru/leads?password=x' },
      passwordRemark,
    ],
    [
      'a number that is a text',
      withWhen({ field: 'amount', equals: 'x' }),
      'destinations.0.when.equals: expected a value that "amount" can have: a number; as it is, it never holds',
    ],
    [
      'one in a list',
      withWhen({ all: [{ not: { field: 'amount', oneOf: [5000, '6000'] } }] }),
      'destinations.0.when.all.0.not.oneOf.1: expected a value that "amount" can have: a number; as it is, it never holds',
    ],
    [
      'a least text',
      withWhen({ field: 'lastName', atLeast: 5 }),
      'destinations.0.when.atLeast: expected a field with a number, and "lastName" has none; as it is, it never holds',
    ],
    [
      'a phone in another notation',
      withWhen({ field: 'phone', equals: '8 900 000-00-01' }),
      'destinations.0.when.equals: expected a value that "phone" can have, as the relay stores it; as it is, it never holds',
    ],
    [
      'a step that nobody sees',
      withDefinition({
        steps: entry.definition.steps.map((step, index) =>
          index === 2 ? { ...step, when: { field: 'amount', equals: 'x' } } : step,
        ),
      }),
      'steps.2.when.equals: expected a value that "amount" can have: a number; as it is, it never holds',
    ],
    [
      'an option that is not there',
      withDefinition({
        steps: [
          ...entry.definition.steps,
          {
            id: 'own',
            title: 'Ещё',
            fields: [
              { name: 'custom.kind', options: [{ value: 'a', label: 'А' }] },
              { name: 'custom.more', required: false, when: { field: 'custom.kind', equals: 'b' } },
            ],
          },
        ],
      }),
      'steps.3.fields.1.when.equals: expected a value that "custom.kind" can have: "a"; as it is, it never holds',
    ],
  ])('%s', async (_, config, remark) => {
    expect(await problemsOf(config)).toEqual([])
    expect(await remarksOf(config)).toEqual([remark])
  })

  it.each([
    ['a space', 'invented token 0123456789'],
    ['Cyrillic', 'секретный-токен-0123456789'],
  ])('a token with %s', async (_, token) => {
    expect(await remarksOf({ adminToken: { env: 'ADMIN' } }, { ADMIN: token })).toEqual([
      'adminToken: cannot be sent in a header: "openssl rand -hex 24" makes a token',
    ])
  })

  it('a token that can be guessed', async () => {
    expect(await remarksOf({ adminToken: { env: 'ADMIN' } }, { ADMIN: 'abc' })).toEqual([
      'adminToken: has fewer than 16 characters and can be guessed: "openssl rand -hex 24" makes a token',
    ])
  })

  it('one token for both', async () => {
    const tokens = { adminToken: { env: 'ADMIN' }, metricsToken: { env: 'ADMIN' } }
    expect(await remarksOf(tokens, { ADMIN: longToken })).toEqual([
      'metricsToken: is the same as "adminToken", and who reads the metrics can use all of /admin',
    ])
  })

  it('and is printed by check, while the form runs', async () => {
    const { valid, lines } = createConfigReport(
      await parse({
        database: 'postgres://leads:PASSWORD@db.example.ru/leads',
        ...withWhen({ field: 'amount', equals: 'x' }),
      }),
    )
    expect(valid).toBe(true)
    expect(lines).toContain(passwordRemark)
    expect(lines.join('\n')).toContain('never holds')
    expect(lines.join('\n')).not.toContain('PASSWORD')
  })
})

describe('keys that a text has twice', () => {
  it.each([
    ['{"a":1,"a":2}', ['a']],
    ['{"a":{"b":[1,{"c":1,"d":"}","c":2}]}}', ['a.b.1.c']],
    [String.raw`{"a":1,"\u0061":2}`, ['a']],
    ['{"a":{"x":1},"b":{"x":1},"c":[{"x":1},{"x":1}]}', []],
    ['{"a":"\\"a\\":1,\\"a\\":2","b":"a"}', []],
    ['[]', []],
    ['"a"', []],
  ])('%s', (text, expected) => {
    JSON.parse(text)
    expect(findRepeatedKeys(text)).toEqual(expected)
  })

  it('are found whatever they are called, and no others', () => {
    assert(
      property(uniqueArray(string(), { minLength: 1, maxLength: 6 }), (names) => {
        const pairs = names.map(
          (name) => `${JSON.stringify(name)}:${JSON.stringify({ [name]: [name, name] })}`,
        )
        expect(findRepeatedKeys(`{${pairs.join()}}`)).toEqual([])
        expect(findRepeatedKeys(`{${[...pairs, ...pairs].join()}}`)).toEqual(expect.arrayContaining(names))
      }),
    )
  })
})

describe('the command', () => {
  let root: string
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'anketa-mistakes-'))
  })
  afterAll(() => rm(root, { recursive: true, force: true }))

  async function run(command: readonly string[], text: string) {
    const file = join(root, 'relay.json')
    await writeFile(file, text)
    const call = promisify(execFile)(
      process.execPath,
      ['src/relay/cli/bin.ts', ...command, '--config', file],
      {
        env: { ...process.env, ...env },
        timeout: 30_000,
      },
    )
    return call.then(
      ({ stdout, stderr }) => ({ code: 0, output: stdout + stderr }),
      ({ code, stdout, stderr }) => ({ code, output: String(stdout) + String(stderr) }),
    )
  }

  const text = (config: object) =>
    JSON.stringify({ port: 0, host: '127.0.0.1', database: 'pglite:data', forms: { main: entry }, ...config })

  it.each<readonly [string, string, RegExp]>([
    [
      'a key twice',
      text({}).replace('{', '{"port":1,'),
      /has a key twice, of which only the last would count; give it once: port\n/,
    ],
    [
      'a file as the folder',
      text({ database: 'pglite:relay.json' }),
      /database: expected a folder after "pglite:", /,
    ],
    [
      'a folder in a file',
      text({ database: 'pglite:relay.json/data' }),
      /database: expected a folder after "pglite:", /,
    ],
  ])('refuses %s in check and at the start', { timeout: 60_000 }, async (_, content, problem) => {
    for (const command of [['check'], []]) {
      const { code, output } = await run(command, content)
      expect({ code, output }).toEqual({ code: 1, output: expect.stringMatching(problem) })
      expect(output).not.toMatch(/ENOTDIR|\n {4}at /)
    }
  })

  it('names the key where a host is not one of this machine', { timeout: 60_000 }, async () => {
    const fixture = await createRelayFixture('pglite')
    const folder = await fixture.usedFolder()
    const { code, output } = await run([], text({ host: '192.0.2.1', database: `pglite:${folder}` }))
    expect({ code, output }).toEqual({
      code: 1,
      output: expect.stringContaining(
        'host: expected an address of this machine, and it does not have this one',
      ),
    })
    await fixture.end()
  })
})
