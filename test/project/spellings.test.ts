import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { parseText } from '../../src/fields/field-kind.ts'
import { fieldOf, isFieldName } from '../../src/fields/fields.ts'

const guide = await readFile('docs/definition.md', 'utf8')
const [, section = ''] = guide.split('### How may people write a value?')
const codes = (cell = ''): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code)

const rows = (section.split('\n### ')[0] ?? '').split('\n').flatMap((line) => {
  const [, first, taken, refused] = line.split('|')
  const [name = ''] = codes(first)
  return isFieldName(name) ? [{ name, taken: codes(taken), refused: codes(refused) }] : []
})

describe('the guide of the definition', () => {
  it('has a table of spellings', () => {
    expect(rows.length).toBeGreaterThan(5)
  })

  it.each(rows)('is right about $name', ({ name, taken, refused }) => {
    const { kind } = fieldOf(name)
    expect(taken.filter((text) => !('value' in (parseText(kind, text) ?? {})))).toEqual([])
    expect(refused.filter((text) => !('code' in (parseText(kind, text) ?? {})))).toEqual([])
    expect(Math.min(taken.length, refused.length)).toBeGreaterThan(0)
  })
})
