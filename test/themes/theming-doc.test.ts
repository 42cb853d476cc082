import { glob, readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { looks, themes } from '../../src/embed/options/options-table.ts'
import { paletteOf } from './palette.ts'

const text = await readFile('docs/theming.md', 'utf8')
const read = async (pattern: string): Promise<string> =>
  (await Promise.all((await Array.fromAsync(glob(pattern))).map((file) => readFile(file, 'utf8')))).join('\n')

/** The first cells of the rows of a table that start with a name as code. */
const listed = (start: string): readonly string[] =>
  [...text.matchAll(/^\| `([^`]+)`/gm)].flatMap(([, name = '']) => (name.startsWith(start) ? [name] : []))

describe('docs/theming.md', () => {
  it('lists the custom properties that the styles read, each once', async () => {
    const css = await read('src/themes/*.css')
    const used = new Set([...css.matchAll(/var\(\s*(--anketa-[\w-]+)/g)].map(([, name = '']) => name))
    expect(listed('--').toSorted()).toEqual([...used].toSorted())
  })

  it('says what they are where nothing sets them', () => {
    const own = paletteOf('light', 'plain')
    expect(own.size).toBeGreaterThan(15)
    for (const [name, value] of own) {
      const said = value.replaceAll(/var\(--a-([\w-]+)\)/g, 'var(--anketa-$1)')
      expect(text).toMatch(new RegExp(`^\\| \`--anketa-${name}\` +\\| \`${RegExp.escape(said)}\` +\\|`, 'm'))
    }
  })

  it('lists the parts that the form is made of, each once', async () => {
    const source = await read('src/{ui,embed}/**/*.{ts,tsx}')
    const literal = [...source.matchAll(/\bpart(?:=|: )["']([^"']+)["']/g)].flatMap(([, names = '']) =>
      names.split(' '),
    )
    const computed = [...source.matchAll(/\bpart=\{(\w+)\}/g)].map(([, expression]) => expression)
    // The one name that is not written out: a remark's.
    expect(computed).toEqual(['kind'])
    const parts = [...text.matchAll(/^\| ((?:`[a-z-]+`(?:, )?)+) /gm)]
      .flatMap(([, names = '']) => names.split(', '))
      .map((name) => name.replaceAll('`', ''))
      .filter((name) => !name.startsWith('--') && ![...themes, ...looks].some((own) => own === name))
    expect(parts.toSorted()).toEqual([...new Set([...literal, 'error', 'warning'])].toSorted())
  })

  it('names every theme and look', () => {
    for (const name of [...themes, ...looks]) expect(text).toContain(`\`${name}\``)
  })
})
