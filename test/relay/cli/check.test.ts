import { expect, it } from 'vitest'
import { formatPlaces } from '../../../src/relay/cli/places/describe-places.ts'
import { createConfigReport } from '../../../src/relay/config/report/config-report.ts'
import { parseConfig } from '../../../src/relay/config/config.ts'
import { env, formEntry } from '../support/invented.ts'

it('reports every form of a configuration: the keys of its destinations, or what to fix', async () => {
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

it('says what becomes of the longest places that a form asks for', async () => {
  const admitad = { provider: 'admitad', websiteId: 1, campaigns: [1], accessToken: { env: 'DEVTEK_TOKEN' } }
  const forms = (...names: readonly string[]) => ({
    main: {
      ...formEntry(),
      consents: formEntry().consents.map((consent) => ({ ...consent, required: true })),
      definition: {
        title: 'Заявка',
        steps: [{ id: 'all', title: 'Заявка', fields: names.map((name) => ({ name })) }],
      },
      destinations: [admitad, { provider: 'fivecrm', publicToken: { env: 'DEVTEK_TOKEN' } }],
    },
  })
  const report = async (...names: readonly string[]) => {
    const input = { forms: forms(...names) }
    const config = await parseConfig(input, { env, readText: () => Promise.reject(new Error('none')) })
    return createConfigReport(config).lines.filter((line) => line.includes('characters'))
  }
  expect(await report('phone', 'registration')).toEqual([
    '  destinations.0: a region or a city of more than 50 characters is left out, and cut short where the provider or a campaign requires it: reg_region_name, reg_city_name',
  ])
  expect(await report('phone')).toEqual([])
})

it.each([
  [{ imported: 0, unmatched: 0 }, /^places: none is imported, .*anketa-relay places import/],
  [{ imported: 1117, unmatched: 0 }, /^places: 1117 are imported$/],
  [{ imported: 0, unmatched: 3 }, /3 cities of lenders' lists have no code: anketa-relay places unmatched/],
])('says what is missing of places: %o', (places, line) => {
  expect(formatPlaces(places)).toMatch(line)
})
