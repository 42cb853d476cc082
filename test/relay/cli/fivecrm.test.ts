import { describe, expect, it } from 'vitest'
import { createFiveCrmSandbox } from '../../../demo/sandbox/fivecrm/sandbox.ts'
import { parseConfig } from '../../../src/relay/config/config.ts'
import { createConfigReport } from '../../../src/relay/cli/check.ts'
import { type FiveCrmListName, loadFiveCrmLists } from '../../../src/relay/cli/fivecrm.ts'
import { formEntry } from '../support/invented.ts'

const env = {
  DEVTEK_TOKEN: 'invented-token',
  PUBLIC: 'invented-public-token',
  SECRET: 'invented-secret-token',
}
const baseUrl = 'http://127.0.0.1:9'
const now = new Date('2026-11-22T09:00:00Z')

describe("5CRM's lists", () => {
  const entry = {
    provider: 'fivecrm',
    id: 'crm',
    publicToken: { env: 'PUBLIC' },
    secretToken: { env: 'SECRET' },
    baseUrl,
  }
  const sandbox = createFiveCrmSandbox({ publicToken: env.PUBLIC, secretToken: env.SECRET, now: () => now })
  const fetch = async (url: string, init: RequestInit) => sandbox.app.request(url.replace(baseUrl, ''), init)
  const read = (name: FiveCrmListName, destination: object) =>
    loadFiveCrmLists(
      name,
      { forms: { main: { destinations: [{ provider: 'devtek' }, destination] } } },
      { env, fetch, now },
    )

  it.each([
    ['fields', ['custom.f_1  Цель займа (text)', 'custom.f_7  Удобное время звонка (text)']],
    ['funnels', ['funnelId 1  Займы (default)', '  stageId 1  Новая заявка', 'funnelId 2  Архив']],
    ['managers', ['managerId 1  Вымыслова Ынна']],
  ] as const)('are read for whoever sets a destination up: %s', async (name, lines) => {
    const result = await read(name, entry)
    expect(result).toEqual({
      lines: expect.arrayContaining(['forms.main.destinations.1', ...lines.map((line) => `  ${line}`)]),
    })
    expect(JSON.stringify(result)).not.toMatch(/invented-/)
  })

  it('that cannot be read tell why, and no token', async () => {
    const { secretToken: _, ...plain } = entry
    expect(await read('managers', plain)).toEqual({
      problems: [
        'forms.main.destinations.1.secretToken: missing; 5CRM tells its managers to nobody without it',
      ],
    })
    expect(await read('fields', { ...entry, publicToken: { env: 'NONE' } })).toEqual({
      problems: ['forms.main.destinations.1.publicToken: the environment variable that it names is not set'],
    })
    const refused = await read('fields', { ...entry, publicToken: { env: 'SECRET' } })
    expect(refused).toHaveProperty('problems')
    expect(JSON.stringify(refused)).not.toMatch(/invented-/)
    expect(await loadFiveCrmLists('fields', { forms: {} }, { env, fetch, now })).toEqual({
      problems: ['forms: expected a form with a destination of the provider "fivecrm"'],
    })
  })
})

it('a configuration is reported form by form: the keys of destinations, or what to mend', async () => {
  const entry = formEntry()
  const config = await parseConfig(
    { forms: { main: { ...entry, delivery: 'all' }, other: { ...entry, consents: [], origins: 'SECRET1' } } },
    { env, readText: () => Promise.reject(new Error('none')) },
  )
  const { valid, lines } = createConfigReport(config)
  expect(valid).toBe(false)
  expect(lines).toEqual([
    'main: ok, all',
    expect.stringMatching(/^ {2}destinations\.0: devtek, devtek-[0-9a-f]{8}$/),
    'other: refused',
    '  origins: expected a list, got a text',
    expect.stringMatching(/^ {2}consents: /),
  ])
  expect(createConfigReport({ forms: new Map([...config.forms].slice(0, 1)) }).valid).toBe(true)
})
