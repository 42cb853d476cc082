import { glob, readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'

/** The one file that may serialise by itself. */
const serialiser = /src.lead.stringify-json\.ts$/

/** What libraries that pages still have put their own versions of, which do less: Prototype's `Array.from` maps nothing. */
const overriddenByOldLibraries = /\bArray\.from\(|\.getElementsByClassName\(|\.bind\(/

it('nothing of the widget relies on what old libraries replace', async () => {
  const files = (await Array.fromAsync(glob('src/**/*.{ts,tsx}'))).filter(
    (file) => !/^src.(relay|testing|providers)\b/.test(file),
  )
  expect(files.length).toBeGreaterThan(100)
  const texts = await Promise.all(files.map(async (file) => [file, await readFile(file, 'utf8')] as const))
  expect(texts.filter(([, text]) => overriddenByOldLibraries.test(text)).map(([file]) => file)).toEqual([])
})

it('nothing that runs in a page serialises with the toJSON of old libraries', async () => {
  const files = (await Array.fromAsync(glob('src/**/*.{ts,tsx}'))).filter(
    (file) => !/^src.(relay|testing|console)\b/.test(file) && !serialiser.test(file),
  )
  expect(files.length).toBeGreaterThan(100)
  const texts = await Promise.all(files.map(async (file) => [file, await readFile(file, 'utf8')] as const))
  expect(texts.filter(([, text]) => text.includes('JSON.stringify')).map(([file]) => file)).toEqual([])
})
