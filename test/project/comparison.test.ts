import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { replaceGenerated } from '../../scripts/docs/markdown.ts'
import lock from '../bench/peers/package-lock.json' with { type: 'json' }
import manifest from '../bench/peers/package.json' with { type: 'json' }
import { columns, createVersions, rows } from '../bench/peers/table.ts'

const page = await readFile('docs/comparison.md', 'utf8')

/** The cells of a generated table, by the row. */
function readTable(name: string): readonly (readonly string[])[] {
  const [, table = ''] = new RegExp(`<!-- comparison: ${name} -->([^]*?)<!-- end -->`).exec(page) ?? []
  return table.split('\n').flatMap((line) => {
    const cells = line.split('|').slice(1, -1)
    return cells.length > 0 ? [cells.map((cell) => cell.trim())] : []
  })
}

it('docs/comparison.md has a figure of every page for every measure; "npm run bench:peers" writes them', () => {
  const [head, , ...figures] = readTable('figures')
  expect(head?.slice(1)).toEqual(columns)
  expect(figures.map(([title]) => title)).toEqual(rows.map(({ title }) => title))
  for (const [title, ...cells] of figures)
    for (const cell of cells) expect(cell, title).toMatch(/^\d+(\.\d+)?( \(\d+(\.\d+)?–\d+(\.\d+)?\))?$/)
})

it('docs/comparison.md says where and when, and what axe found', () => {
  expect(page).toMatch(/^Measured (on|from) 20\d\d-.* in \d+ rounds?: \d+ cores? of .+, Chromium [\d.]+/m)
  const [head, , ...screens] = readTable('violations')
  expect(head?.slice(1)).toEqual(columns)
  expect(screens.length).toBeGreaterThan(4)
})

it('docs/comparison.md names the versions that the benchmark installs', () => {
  const versions = createVersions()
  expect(replaceGenerated(page, 'comparison', new Map([...parts(), ['versions', versions]]))).toBe(page)
  expect(lock.packages[''].dependencies).toEqual(manifest.dependencies)
  expect(versions).not.toContain('undefined')
})

it('the lockfile of the benchmark names no registry', () => {
  expect(JSON.stringify(lock)).not.toContain('resolved')
})

/** The parts that only a run of the benchmark writes, as they are. */
function parts(): [string, string][] {
  return Array.from(
    page.matchAll(/<!-- comparison: (\w+) -->\n\n([^]*?)\n\n<!-- end -->/g),
    ([, name = '', text = '']) => [name, text],
  )
}
