import { existsSync } from 'node:fs'
import { glob, readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { optionsTable } from '../../src/embed/options/options-table.ts'
import { goalsFor, type TrackedEvent } from '../../src/embed/analytics/goals.ts'
import { publicOutcomes } from '../../src/lead/outcome.ts'
import { providers } from '../../src/providers/registry.ts'
import { providerBindings } from '../../src/relay/destinations/providers.ts'
import { createProviderTables, replaceTables } from '../../scripts/provider-tables.ts'

const root = new URL('../../', import.meta.url)
const text = await read('providers.md')
const tables = createProviderTables()

describe('docs/providers.md', () => {
  it('has the tables that the adapters have now; "npm run docs" writes them', () => {
    expect(replaceTables(text, tables)).toBe(text)
  })

  it('has every table once, and one at least of every provider', () => {
    const named = Array.from(text.matchAll(/<!-- parameters: ([\w ]+) -->/g), ([, name = '']) => name)
    expect(named.toSorted()).toEqual([...tables.keys()].toSorted())
    const shown = new Set(named.map((name) => name.split(' ')[0] ?? ''))
    expect([...shown].toSorted()).toEqual(Object.keys(providers).toSorted())
  })

  it('names every option', () => {
    const options = Object.values(providerBindings).flatMap(({ optionNames }) => optionNames)
    expect(options.filter((option) => !text.includes(`\`${option}\``))).toEqual([])
  })
})

describe('docs/embedding.md', () => {
  it('names every callback and the event that goes with it', async () => {
    const page = await read('embedding.md')
    const callbacks = Object.keys(optionsTable).filter((name) => /^on[A-Z]/.test(name))
    expect(callbacks).toContain('onOutcome')
    const missing = callbacks.filter(
      (name) => !page.includes(`\`anketa:${name.slice(2).toLowerCase()}\``) || !page.includes(`\`${name}\``),
    )
    expect(missing).toEqual([])
  })

  it('names every goal that counters receive', async () => {
    const page = await read('embedding.md')
    const leadId = ''
    const events: readonly TrackedEvent[] = [
      ...(['view', 'start', 'submit', 'error', 'leave'] as const).map((type) => ({ type })),
      { type: 'consent', id: 'processing' },
      ...publicOutcomes.map((outcome) => ({ type: 'outcome', outcome, leadId }) as const),
    ]
    const goals = events.flatMap((event) => goalsFor(event, true))
    expect(goals.length).toBeGreaterThan(8)
    expect(goals.filter((goal) => !page.includes(`\`${goal}\``))).toEqual([])
  })
})

it('what the documentation points to is there', async () => {
  const pages = ['README.md', ...(await Array.fromAsync(glob('docs/*.md')))]
  const links = await Promise.all(
    pages.map(async (page) =>
      [...(await readFile(page, 'utf8')).matchAll(/\]\((?!https?:)([^)#\s]+)/g)].map(([, link = '']) => ({
        page,
        link,
      })),
    ),
  )
  const broken = links.flat().filter(({ page, link }) => !existsSync(new URL(link, new URL(page, root))))
  expect(links.flat().length).toBeGreaterThan(15)
  expect(broken).toEqual([])
})

function read(name: string): Promise<string> {
  return readFile(new URL(`docs/${name}`, root), 'utf8')
}
