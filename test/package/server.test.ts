import { expect, it } from 'vitest'

// Vitest runs this file in Node, without a document, as on a server that renders pages.
it.each([
  ['anketa', () => import('../../src/entries/index.ts')],
  ['anketa/define', () => import('../../src/entries/define.ts')],
  ['anketa/preact', () => import('../../src/entries/preact.ts')],
])('%s can be imported on a server and sets no globals', async (_, load) => {
  expect('document' in globalThis).toBe(false)
  const before = Reflect.ownKeys(globalThis)
  await load()
  expect(Reflect.ownKeys(globalThis)).toEqual(before)
})
