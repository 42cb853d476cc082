import { glob, readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'

/** Old libraries replace these with versions that do less: `Array.from` of Prototype does not map. */
const overriddenByOldLibraries = /\bArray\.from\(|\.getElementsByClassName\(|\.bind\(/

it('the widget calls nothing that old libraries replace', async () => {
  const files = (await Array.fromAsync(glob('src/**/*.{ts,tsx}'))).filter(
    (file) => !/^src.(relay|testing|providers)\b/.test(file),
  )
  expect(files.length).toBeGreaterThan(100)
  const texts = await Promise.all(files.map(async (file) => [file, await readFile(file, 'utf8')] as const))
  expect(texts.filter(([, text]) => overriddenByOldLibraries.test(text)).map(([file]) => file)).toEqual([])
})
