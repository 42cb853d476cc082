import { describe, expect, it } from 'vitest'
import { createFiveCrmSandbox } from '../../../demo/sandbox/fivecrm/sandbox.ts'
import { type FiveCrmListName, loadFiveCrmLists } from '../../../src/relay/cli/providers/fivecrm.ts'

const env = {
  PUBLIC: 'invented-public-token',
  SECRET: 'invented-secret-token',
}
const readText = () => Promise.reject(new Error('there are no files'))
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
      { env, readText, fetch, now },
    )

  it.each([
    ['fields', ['custom.f_1  Цель займа (text)', 'custom.f_7  Удобное время звонка (text)']],
    ['funnels', ['funnelId 1  Займы (default)', '  stageId 1  Новая заявка', 'funnelId 2  Архив']],
    ['managers', ['managerId 1  Вымыслова Ынна']],
  ] as const)('are printed for the operator: %s', async (name, lines) => {
    const result = await read(name, entry)
    expect(result).toEqual({
      lines: expect.arrayContaining(['forms.main.destinations.1', ...lines.map((line) => `  ${line}`)]),
    })
    expect(JSON.stringify(result)).not.toMatch(/invented-/)
  })

  it('that cannot be read give the reason, without a token', async () => {
    const { secretToken: _, ...plain } = entry
    expect(await read('managers', plain)).toEqual({
      problems: ['forms.main.destinations.1.secretToken: missing; 5CRM requires it for the list of managers'],
    })
    expect(await read('fields', { ...entry, publicToken: { env: 'NONE' } })).toEqual({
      problems: ['forms.main.destinations.1.publicToken: the environment variable that it names is not set'],
    })
    const refused = await read('fields', { ...entry, publicToken: { env: 'SECRET' } })
    expect(refused).toHaveProperty('problems')
    expect(JSON.stringify(refused)).not.toMatch(/invented-/)
    expect(await loadFiveCrmLists('fields', { forms: {} }, { env, readText, fetch, now })).toEqual({
      problems: ['forms: expected a form with a destination of the provider "fivecrm"'],
    })
  })
})
