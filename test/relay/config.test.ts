import { describe, expect, it } from 'vitest'
import { checkConfig, ConfigError } from '../../src/relay/config.ts'
import { formEntry } from './support/invented.ts'

const env = { DEVTEK_TOKEN: 'invented' }
const readText = async (path: string) => {
  if (path !== 'main.json') throw new Error('no such file')
  return JSON.stringify(formEntry().definition)
}
const entry = formEntry()
const [devtek] = entry.destinations

async function problemsOf(config: unknown): Promise<readonly string[]> {
  try {
    await checkConfig(config, { env, readText })
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
}

async function formProblems(form: object): Promise<readonly string[]> {
  const { forms } = await checkConfig({ forms: { main: { ...entry, ...form } } }, { env, readText })
  const main = forms.get('main')
  return main && 'problems' in main ? main.problems : []
}

describe('a configuration', () => {
  it('has sensible defaults', async () => {
    const config = await checkConfig({ forms: { main: entry } }, { env, readText })
    expect(config).toMatchObject({ port: 8787, folder: './data', trustProxy: 0 })
    expect(config.forms.get('main')).toMatchObject({ form: { answerWithinMs: 5000 } })
  })

  it.each([
    [[], ['forms: missing']],
    [{}, ['forms: missing']],
    [{ forms: {} }, ['forms: expected at least one form, got none']],
    [{ forms: { 'a b': entry } }, ['forms: expected names of letters, digits, - and _, got "a b"']],
    [{ port: '8787', forms: { main: entry } }, ['port: expected number, got "8787"']],
    [{ prot: 1, forms: { main: entry } }, ['prot: there is no such option']],
    [
      { database: 'postgres://db/leads', forms: { main: entry } },
      ['database: expected "pglite:FOLDER": a Postgres server is not supported yet'],
    ],
    [
      { database: './data', forms: { main: entry } },
      ['database: expected "pglite:FOLDER", got something else'],
    ],
    [
      { publicUrl: 'leads.example.ru', forms: { main: entry } },
      ['publicUrl: expected an address, https://…, got "leads.example.ru"'],
    ],
  ])('that is wrong is refused as a whole: %#', async (config, problems) => {
    expect(await problemsOf(config)).toEqual(problems)
  })
})

describe('a form', () => {
  it.each([[{}], [{ definition: 'microloan' }], [{ definition: 'main.json' }]])(
    'is right: %j',
    async (form) => {
      expect(await formProblems(form)).toEqual([])
    },
  )

  it.each([
    [
      { definition: 'macroloan' },
      ['definition: expected a preset (microloan), the path of a .json file, or an object, got "macroloan"'],
    ],
    [{ definition: 'other.json' }, ['definition: the file other.json could not be read: no such file']],
    [
      { origins: ['https://landing.example.ru/'] },
      [
        'origins.0: expected an origin without a path, "https://landing.example.ru", got "https://landing.example.ru/"',
      ],
    ],
    [{ destinations: [] }, ['destinations: expected at least one destination, got 0']],
    [
      { destinations: [devtek, devtek] },
      ['destinations: expected one destination, got 2: several are not supported yet'],
    ],
    [
      { destinations: [{ provider: 'devteck' }] },
      ['destinations.0.provider: expected the name of a provider (devtek), got "devteck"'],
    ],
    [{ destinations: [{ provider: 'devtek', idWebmaster: 1 }] }, ['destinations.0.token: missing']],
    [
      { destinations: [{ ...devtek, idWebmastr: 1 }] },
      [
        'destinations.0.idWebmastr: devtek has no such option; it has provider, idWebmaster, token, baseUrl, noPatronymic',
      ],
    ],
    [
      { destinations: [{ ...devtek, token: { env: 'OTHER' } }] },
      ['destinations.0.token: the environment variable OTHER is not set'],
    ],
    [
      { destinations: [{ ...devtek, baseUrl: 'http://api.example.ru' }] },
      [
        'destinations.0.baseUrl: expected an https address (plain http only on this machine), got "http://api.example.ru"',
      ],
    ],
  ])('is wrong: %#', async (form, problems) => {
    expect(await formProblems(form)).toEqual(problems)
  })

  it('may not have a secret written into it, and the refusal does not repeat it', async () => {
    const [problem = '', ...rest] = await formProblems({
      destinations: [{ ...devtek, token: 'a-literal-secret' }],
    })
    expect(rest).toEqual([])
    expect(problem).toMatch(/^destinations\.0\.token: expected \{ "env": "NAME" \}/)
    expect(problem).not.toContain('a-literal-secret')
  })
})
