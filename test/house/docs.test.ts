import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { providers } from '../../src/providers/registry.ts'
import { openers } from '../../src/relay/openers.ts'
import { providerTables, withTables } from './provider-tables.ts'

const text = await readFile(new URL('../../docs/providers.md', import.meta.url), 'utf8')
const tables = providerTables()

describe('docs/providers.md', () => {
  it('has the tables that the adapters have now; "npm run docs" writes them', () => {
    expect(withTables(text, tables)).toBe(text)
  })

  it('has every table once, and one at least of every provider', () => {
    const named = Array.from(text.matchAll(/<!-- parameters: ([\w ]+) -->/g), ([, name = '']) => name)
    expect(named.toSorted()).toEqual([...tables.keys()].toSorted())
    const shown = new Set(named.map((name) => name.split(' ')[0] ?? ''))
    expect([...shown].toSorted()).toEqual(Object.keys(providers).toSorted())
  })

  it('names every option', () => {
    const options = Object.values(openers).flatMap(({ optionNames }) => optionNames)
    expect(options.filter((option) => !text.includes(`\`${option}\``))).toEqual([])
  })
})
