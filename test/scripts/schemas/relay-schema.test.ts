import { describe, expect, it } from 'vitest'
import { createRelayConfig } from '../../../demo/relay-config.ts'
import { presets } from '../../../src/form/presets/presets.ts'
import { ConfigError, parseConfig } from '../../../src/relay/config/config.ts'
import { destinationRuleNames } from '../../../src/relay/config/routing-config.ts'
import { providerBindings } from '../../../src/relay/destinations/providers.ts'
import { definitionOf, propertiesOf } from '../../../scripts/schemas/convert-schema.ts'
import { createRelaySchema } from '../../../scripts/schemas/relay-schema.ts'
import { completeForm, configDeps, documents } from '../../project/docs-json-checks.ts'
import { findSnippets, loadDocsPages } from '../../project/docs-pages.ts'
import { compileSchema } from './compile-schema.ts'

const schema = createRelaySchema()
const validate = compileSchema(schema)

const form = (changes: object) => ({ forms: { main: { ...completeForm, ...changes } } })
const destination = (...destinations: readonly unknown[]) => form({ destinations })

const devtek = { provider: 'devtek', idWebmaster: 123, token: { env: 'DEVTEK_TOKEN' } }
const admitad = { provider: 'admitad', websiteId: 1, campaigns: [1], accessToken: { env: 'ADMITAD_TOKEN' } }

const hook = { provider: 'webhook', url: 'https://crm.example.ru/leads', secret: { env: 'HOOK_SECRET' } }
const network = {
  provider: 'http',
  name: 'network',
  url: 'https://api.example.ru/v1/applications',
  headers: { 'X-ACCOUNT-TOKEN': { env: 'NETWORK_TOKEN' }, authorization: { env: 'A', prefix: 'Bearer ' } },
  fields: {
    phone: { field: 'phone', digits: 10 },
    birth: { field: 'birthDate', date: 'dd.MM.yyyy' },
    'person.name': { template: '{lastName} {firstName}' },
    source: { value: 'anketa', with: 'email' },
    sent: { moment: 'received', date: 'unix' },
    key: { env: 'NETWORK_KEY' },
  },
  outcomes: [
    { status: [200, 201], path: 'status', oneOf: ['approved', 'new'], outcome: 'accepted', id: 'data.id' },
    { status: [400, 422], outcome: 'invalid', issues: { path: 'errors', fields: { phone: 'phone' } } },
  ],
}

/** Completes the parts of a configuration that documentation shows. */
const complete: Readonly<Record<string, (json: unknown) => unknown>> = {
  relay: (json) => json,
  form: (json) => form(Object(json)),
  destination,
  destinations: (json) => form({ destinations: json }),
  rules: (json) => destination({ provider: 'fivecrm', publicToken: 'a', fields: json }),
}

const snippets = (await loadDocsPages())
  .flatMap(findSnippets)
  .filter(({ language, kind }) => language === 'json' && Object.hasOwn(complete, kind))

describe("the JSON Schema of the relay's configuration", () => {
  it('reads examples of the documentation', () => {
    expect(snippets.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['relay', 'form', 'destination']))
  })

  it.each(snippets)('accepts $at', ({ kind, code }) => {
    expect(validate(complete[kind]?.(JSON.parse(code)))).toEqual([])
  })

  it("accepts the demonstration's configuration", () => {
    const sandboxes = 'http://127.0.0.1:8080/sandbox'
    const config = createRelayConfig('http://localhost:8080', './data', { sandboxes, devtek: sandboxes }, 5)
    expect(validate({ ...config, adminToken: { env: 'ANKETA_ADMIN_TOKEN' } })).toEqual([])
  })

  it.each(Object.keys(presets))('accepts the preset %s', (definition) => {
    expect(validate(form({ definition }))).toEqual([])
  })

  it('accepts a definition in the configuration, with its documents or without', () => {
    const { definition, destinations, origins } = completeForm
    expect(validate(form({}))).toEqual([])
    const entry = { definition: { ...definition, ...documents }, destinations, origins }
    expect(validate({ forms: { main: entry } })).toEqual([])
    expect(validate({ forms: { main: { ...entry, definition } } })).not.toEqual([])
  })

  it.each(Object.entries(providerBindings))(
    'has every option of %s, with a description',
    (name, provider) => {
      const properties = propertiesOf(definitionOf(schema, name))
      const common = ['id', 'name', ...destinationRuleNames]
      expect(Object.keys(properties).toSorted()).toEqual(
        [...new Set([...provider.optionNames, ...common])].toSorted(),
      )
      for (const { description } of Object.values(properties)) expect(description).toMatch(/\S/)
    },
  )

  it.each<[what: string, config: unknown]>([
    ['another number of options', { port: 0, trustProxy: 2, log: 'json', host: '::', ...form({}) }],
    [
      'rules of routing',
      {
        ...destination({
          ...devtek,
          name: 'first',
          when: { not: { field: 'amount', atLeast: 5000 } },
          share: 30,
          hours: '21:00-24:00',
          capPerDay: 5,
        }),
      },
    ],
    ['an option from the environment', destination({ ...devtek, baseUrl: { env: 'DEVTEK_URL' } })],
    ['a secret in a file', destination({ ...devtek, token: { file: '/run/secrets/devtek' } })],
    ['an id of a destination', destination({ ...devtek, id: 'buyer-1' })],
    [
      'campaigns in every notation',
      destination({ ...admitad, campaigns: [1, [2, 3], { ids: [4], pause: 5 }] }),
    ],
    ['one campaign', destination({ ...admitad, campaigns: undefined, mode: 'sync', campaignId: 1 })],
    ['a sandbox on this machine', destination({ ...devtek, baseUrl: 'http://127.0.0.1:8080/sandbox' })],
    ['no destinations', destination()],
    ['a webhook', destination(hook, { ...hook, name: 'crm', allowPrivate: true })],
    ['an address from the environment', destination({ ...hook, url: { env: 'HOOK_URL' } })],
    ['an interface as data', destination(network)],
    ['a ready definition', destination({ provider: 'http', definition: 'bitrix24', url: { env: 'A_URL' } })],
  ])('accepts %s', async (_, config) => {
    expect(await problemsOf(config)).toEqual([])
    expect(validate(config)).toEqual([])
  })

  it.each<[what: string, config: unknown]>([
    ['no forms', { port: 8787 }],
    ['an empty list of forms', { forms: {} }],
    ['a wrong name of a form', { forms: { 'a b': completeForm } }],
    ['a wrong key', { ...form({}), prot: 8787 }],
    ['a port that is a text', { ...form({}), port: '8787' }],
    ['a port past the last', { ...form({}), port: 65_536 }],
    ['a database without its kind', { ...form({}), database: './data' }],
    ['a host with a scheme', { ...form({}), host: 'http://127.0.0.1' }],
    ['days without an end', { ...form({}), retentionDays: 1e15 }],
    ['a public address with a password', { ...form({}), publicUrl: 'https://a:b@leads.example.ru' }],
    ['a literal token of the operator', { ...form({}), adminToken: 'secret' }],
    ['a number of proxies below zero', { ...form({}), trustProxy: -1 }],
    ['an unknown log format', { ...form({}), log: 'xml' }],
    ['a wrong key of a form', form({ orgins: [] })],
    ['an unknown preset', form({ definition: 'macroloan' })],
    [
      'a wrong field of a definition',
      form({ definition: { steps: [{ id: 'a', title: 'a', fields: ['phon'] }] } }),
    ],
    ['a form without a policy', form({ policyUrl: undefined })],
    ['a form without the consent to processing', form({ consents: [{ ...documents.consents[1] }] })],
    ['an origin with a path', form({ origins: ['https://landing.example.ru/a'] })],
    ['an origin of all domains', form({ origins: ['https://*.ru'] })],
    ['an origin without a scheme', form({ origins: ['landing.example.ru'] })],
    ['an unknown way of delivery', form({ delivery: 'any' })],
    ['a wait of a minute', form({ answerWithinSeconds: 60 })],
    ['an unknown provider', destination({ ...devtek, provider: 'devtec' })],
    ['a literal secret', destination({ ...devtek, token: 'secret' })],
    ['a secret with two keys', destination({ ...devtek, token: { env: 'A', file: 'B' } })],
    ['a missing secret', destination({ ...devtek, token: undefined })],
    ["another provider's option", destination({ ...devtek, websiteId: 1 })],
    ['an id with spaces', destination({ ...devtek, id: 'buyer one' })],
    ['an id that is a text', destination({ ...devtek, idWebmaster: '123' })],
    ['plain http', destination({ ...devtek, baseUrl: 'http://api.devtek.ru' })],
    ['http on a host that looks local', destination({ ...devtek, baseUrl: 'http://localhost.example.ru' })],
    ['a wrong rule', destination({ ...devtek, fields: { 'main.kladr': { valeu: 1 } } })],
    ['hours without minutes', destination({ ...devtek, hours: '9-21' })],
    ['a share past all', destination({ ...devtek, share: 101 })],
    ['a cap of none', destination({ ...devtek, capPerDay: 0 })],
    ['a wrong condition', destination({ ...devtek, when: { field: 'amount' } })],
    ['no campaigns', destination({ ...admitad, campaigns: undefined })],
    ['an empty group of campaigns', destination({ ...admitad, campaigns: [[]] })],
    ['one campaign without its id', destination({ ...admitad, mode: 'sync' })],
    ['no credentials', destination({ ...admitad, accessToken: undefined, clientId: 'a' })],
    ['a flag that is true', destination({ provider: 'lotinfo', token: { env: 'A' }, spy: true })],
    ['an unknown method', destination({ provider: 'fivecrm', publicToken: 'a', method: 'lead' })],
    ['a webhook without a secret', destination({ ...hook, secret: undefined })],
    ['a literal secret of a webhook', destination({ ...hook, secret: 'whsec_a' })],
    ['an address without a scheme', destination({ ...hook, url: 'crm.example.ru' })],
    ['a literal secret in a header', destination({ ...network, headers: { 'X-TOKEN': { secret: 'a' } } })],
    ['a literal secret among the fields', destination({ ...network, fields: { token: { secret: 'a' } } })],
    ['an unknown format', destination({ ...network, format: 'xml' })],
    ['a rule with an unknown key', destination({ ...network, fields: { a: { field: 'phone', dat: 'dd' } } })],
    ['a wrong date pattern', destination({ ...network, fields: { a: { field: 'birthDate', date: 'DD' } } })],
    ['an answer of any status', destination({ ...network, outcomes: [{ outcome: 'accepted' }] })],
    [
      'values of no path',
      destination({ ...network, outcomes: [{ status: [200], oneOf: [1], outcome: 'accepted' }] }),
    ],
    ['an unknown outcome', destination({ ...network, outcomes: [{ status: [200], outcome: 'taken' }] })],
    [
      'a status that does not exist',
      destination({ ...network, outcomes: [{ status: [20], outcome: 'accepted' }] }),
    ],
  ])('refuses %s, as the relay does', async (_, config) => {
    expect(await problemsOf(config)).not.toEqual([])
    expect(validate(config)).not.toEqual([])
  })
})

async function problemsOf(config: unknown): Promise<readonly string[]> {
  try {
    const { forms } = await parseConfig(JSON.parse(JSON.stringify(config)), configDeps)
    return [...forms.values()].flatMap((result) => ('problems' in result ? result.problems : []))
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
}
