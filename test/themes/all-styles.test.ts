import { glob, readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'

it('the file for browsers without constructed style sheets has all styles that the form adds', async () => {
  const imported = async (pattern: string): Promise<ReadonlySet<string>> => {
    const files = await Array.fromAsync(glob(pattern))
    const sources = await Promise.all(files.map((file) => readFile(file, 'utf8')))
    return new Set(
      sources.flatMap((source) =>
        [...source.matchAll(/themes\/([\w/-]+\.css)\?inline/g)].map(([, name = '']) => name),
      ),
    )
  }
  const added = await imported('src/**/*.{ts,tsx}')
  const inFile = await imported('src/embed/appearance/{all-styles,looks.chunk}.ts')
  expect(added.size).toBeGreaterThan(10)
  expect([...added].filter((name) => !inFile.has(name))).toEqual([])
})
