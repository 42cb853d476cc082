import { type InferOutput, object, optional, string } from 'valibot'
import { describe, expect, it } from 'vitest'
import { presets } from '../../../src/form/presets/presets.ts'
import { fieldRulesSchema } from '../../../src/providers/core/field-rules.ts'
import type { Provider } from '../../../src/providers/core/provider.ts'
import { providerBindings } from '../../../src/relay/destinations/providers.ts'
import { parseConfig, ConfigError } from '../../../src/relay/config/config.ts'
import { hashKey } from '../../../src/relay/runtime/hash.ts'
import { bindProvider } from '../../../src/relay/destinations/destination.ts'
import { formEntry } from '../support/invented.ts'

const env = { DEVTEK_TOKEN: 'invented' }
const readText = async (path: string) => {
  if (path === 'broken.json') return '{ SECRET1'
  if (path === 'cut.json') return '{\n  "title": "SECRET1",'
  if (path === 'list.json') return '[]'
  if (path === 'notepad.json') return `\uFEFF${JSON.stringify(formEntry().definition)}`
  if (!['main.json', '../forms/main', 'C:\\forms\\main'].includes(path))
    throw Object.assign(new Error(`no ${path}`), { code: 'ENOENT' })
  return JSON.stringify(formEntry().definition)
}
const entry = formEntry()
const [devtek] = entry.destinations

async function problemsOf(config: unknown): Promise<readonly string[]> {
  try {
    await parseConfig(config, { env, readText })
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
}

async function formProblems(form: object): Promise<readonly string[]> {
  const { forms } = await parseConfig({ forms: { main: { ...entry, ...form } } }, { env, readText })
  const main = forms.get('main')
  return main && 'problems' in main ? main.problems : []
}

describe('a configuration', () => {
  it('has sensible defaults', async () => {
    const config = await parseConfig({ forms: { main: entry } }, { env, readText })
    expect(config).toMatchObject({
      port: 8787,
      database: { engine: 'pglite', folder: './data' },
      trustProxy: 0,
      reserveBytes: 256 * 1024 * 1024,
    })
    const small = { reserveMegabytes: 63, forms: { main: entry } }
    expect(await problemsOf(small)).toEqual([
      'reserveMegabytes: expected a whole number of megabytes, 64 to 1000000',
    ])
    expect(config.forms.get('main')).toMatchObject({ form: { answerWithinMs: 5000 } })
  })

  it.each([
    [
      'postgres://db.example.ru/leads',
      { url: 'postgres://db.example.ru/leads', backend: 'postgres', prepare: true },
    ],
    [
      { url: { env: 'DATABASE_URL' }, backend: 'yugabytedb', prepare: false },
      { url: 'postgres://leads:secret@db.example.ru/leads', backend: 'yugabytedb', prepare: false },
    ],
  ])('names a PostgreSQL server: %j', async (database, expected) => {
    const variables = { ...env, DATABASE_URL: 'postgres://leads:secret@db.example.ru/leads' }
    const config = await parseConfig({ database, forms: { main: entry } }, { env: variables, readText })
    expect(config.database).toEqual({ engine: 'postgres', ...expected })
  })

  it.each([
    [[], ['expected an object, { … }, got a list']],
    [5, ['expected an object, got a number']],
    [{}, ['forms: missing']],
    [{ forms: {} }, ['forms: expected at least one form']],
    [{ forms: { 'a b': entry } }, ['forms.a b: expected a name of letters, digits, - and _']],
    [{ port: '8787', forms: { main: entry } }, ['port: expected a number, got a text']],
    [
      { prot: 1, publicURL: '', zzz: 1, database: 'x', adminToken: 'secret', forms: {} },
      [
        'database: expected "pglite:FOLDER" or "postgres://HOST/DATABASE"',
        'forms: expected at least one form',
        'prot: there is no such option; did you mean "port"?',
        'publicURL: there is no such option; did you mean "publicUrl"?',
        'zzz: there is no such option',
        'adminToken: expected { "env": "NAME" } or { "file": "PATH" }, the environment variable or the file that holds this secret; a secret itself does not belong into a configuration',
      ],
    ],
    [
      { database: { url: { env: 'NONE' } }, forms: { main: entry } },
      ['database.url: the environment variable that it names is not set'],
    ],
    [
      { database: './data', forms: { main: entry } },
      ['database: expected "pglite:FOLDER" or "postgres://HOST/DATABASE"'],
    ],
    [
      { publicUrl: 'leads.example.ru', forms: { main: entry } },
      ['publicUrl: expected an address without a user name, a password, a query and a fragment, https://…'],
    ],
    [
      { publicUrl: 'https://user:secret@leads.example.ru', forms: { main: entry } },
      ['publicUrl: expected an address without a user name, a password, a query and a fragment, https://…'],
    ],
  ])('that is invalid is refused as a whole: %#', async (config, problems) => {
    expect(await problemsOf(config)).toEqual(problems)
  })
})

describe('a form', () => {
  it.each([
    [{}],
    [{ definition: 'microloan' }],
    [{ definition: 'main.json' }],
    [{ definition: 'notepad.json' }],
    [{ definition: '../forms/main' }],
    [{ definition: 'C:\\forms\\main' }],
    [{ origins: ['https://landing.example.ru', 'null'] }],
  ])('is right: %j', async (form) => {
    expect(await formProblems(form)).toEqual([])
  })

  it('has the definition that its file holds whenever the configuration is read', async () => {
    const definition: object = entry.definition
    const titleIn = async (title: string) => {
      const text = JSON.stringify({ ...definition, title })
      const sources = { env, readText: () => Promise.resolve(text) }
      const config = await parseConfig({ forms: { main: { ...entry, definition: 'main.json' } } }, sources)
      return config.forms.get('main')
    }
    expect(await titleIn('Раньше')).toHaveProperty(['form', 'definition', 'title'], 'Раньше')
    expect(await titleIn('Теперь')).toHaveProperty(['form', 'definition', 'title'], 'Теперь')
  })

  it.each([
    [
      { definition: 'macroloan' },
      [
        `definition: expected a preset (${Object.keys(presets).join(', ')}), the path of a .json file, or an object; did you mean "microloan"?`,
      ],
    ],
    [
      { definition: 'other.json' },
      [
        'definition: the file that it names could not be read (ENOENT); paths are relative to the configuration',
      ],
    ],
    [
      { definition: 'broken.json' },
      ['definition: the file that it names holds no JSON object: it is not JSON from line 1, column 3'],
    ],
    [
      { definition: 'cut.json' },
      ['definition: the file that it names holds no JSON object: it is not JSON from line 2, column 22'],
    ],
    [{ definition: 'list.json' }, ['definition: the file that it names holds no JSON object']],
    [
      { origins: ['https://landing.example.ru/loan'] },
      [
        'origins.0: expected an origin without a path, "https://landing.example.ru", or all subdomains of a domain, "https://*.example.ru"',
      ],
    ],
    [{ destinations: 'devtek' }, ['destinations: expected a list, got a text']],
    [
      { destinations: [{ ...devtek, id: 'no spaces' }] },
      ['destinations.0.id: expected a name of letters, digits, - and _, at most 64 characters'],
    ],
    [
      {
        destinations: [
          { ...devtek, id: 'one' },
          { ...devtek, id: 'one' },
        ],
      },
      ['destinations.1.id: expected an id of its own, another destination of this form has the same'],
    ],
    [{ delivery: 'any' }, ['delivery: expected "first-accepted" or "all", got a text']],
    [
      { destinations: [{ provider: 'devteck' }] },
      [
        `destinations.0.provider: expected the name of a provider (${Object.keys(providerBindings).join(', ')}); did you mean "devtek"?`,
      ],
    ],
    [{ destinations: [{ provider: 'devtek', idWebmaster: 1 }] }, ['destinations.0.token: missing']],
    [
      { destinations: [{ ...devtek, idWebmastr: 1 }] },
      ['destinations.0.idWebmastr: devtek has no such option; did you mean "idWebmaster"?'],
    ],
    [
      { destinations: [{ ...devtek, token: { env: 'OTHER' } }] },
      ['destinations.0.token: the environment variable that it names is not set'],
    ],
    [
      { destinations: [{ ...devtek, baseUrl: 'http://api.example.ru' }] },
      ['destinations.0.baseUrl: expected an https address (plain http only on this machine)'],
    ],
    [
      { destinations: [{ ...devtek, baseUrl: 'https://user@api.example.ru' }] },
      ['destinations.0.baseUrl: expected an address without a user name or a password'],
    ],
    [
      {
        definition: {
          steps: [{ id: 'person', title: 'О вас', fields: ['firstName', 'phone', 'registration'] }],
        },
      },
      [
        'destinations.0: devtek accepts no application without lastName, middleName, birthDate, issuePlace, amount: the definition must ask for it',
      ],
    ],
  ])('is refused: %#', async (form, problems) => {
    expect(await formProblems(form)).toEqual(problems)
  })

  it('is accepted if it asks for the required fields under a condition or as optional ones', async () => {
    const [loan, person, place] = entry.definition.steps
    const when = { field: 'amount', atLeast: 5000 }
    const steps = [loan, person, { ...place, when, fields: [{ name: 'issuePlace', required: false }] }]
    expect(await formProblems({ definition: { steps } })).toEqual([])
  })

  it('reports all its problems together', async () => {
    const problems = await formProblems({
      orgins: [],
      origins: 'https://landing.example.ru',
      operator: undefined,
      consents: [],
      definition: { steps: [{ id: 'a', title: 'А', fields: ['amount', 'phon'] }] },
      destinations: [{}, { ...devtek, idWebmaster: 'x', token: { env: 'NONE' } }],
    })
    expect(problems).toEqual([
      'origins: expected a list, got a text',
      'orgins: there is no such option; did you mean "origins"?',
      `steps.0.fields.1: expected a field's name; did you mean "phone"?`,
      'operator: missing',
      'consents: expected the consent "processing" with "required": true, without it personal data may not be taken',
      'destinations.0.provider: missing',
      'destinations.1.token: the environment variable that it names is not set',
      'destinations.1.idWebmaster: expected a whole number, 1 or more, got a text',
    ])
  })

  it('is refused without repeating a configured value, which may be a secret in the wrong place', async () => {
    const secret = 'SECRET1'
    const forms = [
      { destinations: [{ ...devtek, idWebmaster: secret, noPatronymic: [secret] }] },
      { destinations: [{ ...devtek, baseUrl: secret }] },
      { destinations: [{ ...devtek, baseUrl: `https://user:${secret}@api.example.ru` }] },
      { destinations: [{ ...devtek, baseUrl: `http://api.example.ru/${secret}` }] },
      { destinations: [{ ...devtek, token: secret }] },
      { destinations: [{ ...devtek, token: { env: secret } }] },
      { destinations: [{ provider: secret }, secret] },
      { destinations: secret, origins: [secret], delivery: secret, answerWithinSeconds: secret },
      { definition: secret },
      { definition: `${secret}.json` },
      { definition: 'broken.json' },
      { operator: { name: [secret] }, policyUrl: secret, minimumAge: secret },
    ]
    for (const form of forms) {
      const problems = await formProblems(form)
      expect(problems).not.toEqual([])
      expect(problems.join()).not.toContain(secret)
    }
  })
})

describe('a secret in a file', () => {
  const files = new Map([
    ['token.txt', 'invented-token-01\n'],
    ['windows.txt', 'invented-token-01\r\n'],
    ['two-lines.txt', 'invented-token-01\n\n'],
    ['notepad.txt', '\uFEFFinvented-token-01\r\n'],

    ['empty.txt', '\n'],
  ])
  const readSecret = async (path: string) => {
    const text = files.get(path)
    if (text === undefined) throw Object.assign(new Error(`no ${path}`), { code: 'EACCES' })
    return text
  }
  const parse = (token: unknown) =>
    parseConfig(
      { adminToken: token, forms: { main: { ...entry, destinations: [{ ...devtek, token }] } } },
      { env: {}, readText: readSecret },
    )

  it.each(['token.txt', 'windows.txt', 'two-lines.txt', 'notepad.txt'])(
    'is read without the line breaks at its end and the mark at its beginning: %s',
    async (file) => {
      const { adminTokenHash, forms } = await parse({ file })
      expect(adminTokenHash).toBe(hashKey('invented-token-01'))
      expect(forms.get('main')).toHaveProperty('form')
    },
  )

  it.each([
    ['empty.txt', 'adminToken: the file that it names is empty'],
    [
      'SECRET1',
      'adminToken: the file that it names could not be read (EACCES); paths are relative to the configuration',
    ],
  ])('that cannot be used is reported without its path: %s', async (file, problem) => {
    await expect(parse({ file })).rejects.toMatchObject({ problems: [problem] })
  })
})

it('a literal secret is refused for every option that a provider lists as a secret', async () => {
  const config = object({ apiKey: string(), account: string(), fields: optional(fieldRulesSchema) })
  const provider: Provider<InferOutput<typeof config>> = {
    name: 'own',
    config,
    secrets: ['apiKey'],
    reservedParameters: [],
    parameters: () => [],
    operations: {
      create: {
        retry: 'safe',
        request: () => ({ method: 'POST', url: 'https://own.example/', headers: {} }),
        outcome: () => ({ outcome: 'accepted' }),
      },
    },
  }
  const problems = async (destination: object) => {
    const { forms } = await parseConfig(
      { forms: { main: { ...entry, destinations: [{ provider: 'own', ...destination }] } } },
      { env: { KEY: 'invented-key' }, readText, providers: { own: bindProvider(provider) } },
    )
    const main = forms.get('main')
    return main && 'problems' in main ? main.problems : []
  }
  expect(await problems({ account: 'SECRET1', apiKey: { env: 'KEY' } })).toEqual([])
  const refused = await problems({ account: '7', apiKey: 'SECRET1' })
  expect(refused).toEqual([
    expect.stringMatching(/^destinations\.0\.apiKey: expected \{ "env": "NAME" \} or \{ "file": "PATH" \}/),
  ])
  expect(refused.join()).not.toContain('SECRET1')
})
