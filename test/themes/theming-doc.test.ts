import { glob, readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { looks, themes } from '../../src/embed/options/options-table.ts'
import { paletteOf } from './palette.ts'

const text = await readFile('docs/theming.md', 'utf8')
const read = async (pattern: string): Promise<string> =>
  (await Promise.all((await Array.fromAsync(glob(pattern))).map((file) => readFile(file, 'utf8')))).join('\n')

/** The names in the first cells of the tables that begin with `start`. */
const listedNames = (start: string): readonly string[] =>
  [...text.matchAll(/^\| `([^`]+)`/gm)].flatMap(([, name = '']) => (name.startsWith(start) ? [name] : []))

describe('docs/theming.md', () => {
  it('lists every custom property of the styles once', async () => {
    const css = await read('src/themes/*.css')
    const used = new Set([...css.matchAll(/var\(\s*(--anketa-[\w-]+)/g)].map(([, name = '']) => name))
    expect(listedNames('--').toSorted()).toEqual([...used].toSorted())
  })

  it('lists their defaults', () => {
    const defaults = paletteOf('light', 'plain')
    expect(defaults.size).toBeGreaterThan(15)
    for (const [name, value] of defaults) {
      const documented = value.replaceAll(/var\(--a-([\w-]+)\)/g, 'var(--anketa-$1)')
      expect(text).toMatch(
        new RegExp(`^\\| \`--anketa-${name}\` +\\| \`${RegExp.escape(documented)}\` +\\|`, 'm'),
      )
    }
  })

  it('lists every part of the form once', async () => {
    const source = await read('src/{ui,embed}/**/*.{ts,tsx}')
    const literal = [...source.matchAll(/\bpart(?:=|: )["']([^"']+)["']/g)].flatMap(([, names = '']) =>
      names.split(' '),
    )
    const computed = [...source.matchAll(/\bpart=\{(\w+)\}/g)].map(([, expression]) => expression)
    // The only computed name is that of a message.
    expect(computed).toEqual(['kind'])
    const parts = [...text.matchAll(/^\| ((?:`[a-z-]+`(?:, )?)+) /gm)]
      .flatMap(([, names = '']) => names.split(', '))
      .map((name) => name.replaceAll('`', ''))
      .filter((name) => !name.startsWith('--') && ![...themes, ...looks].some((value) => value === name))
    expect(parts.toSorted()).toEqual([...new Set([...literal, 'error', 'warning'])].toSorted())
  })

  it('names every theme and look', () => {
    for (const name of [...themes, ...looks]) expect(text).toContain(`\`${name}\``)
  })
})
