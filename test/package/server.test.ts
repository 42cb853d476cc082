import { expect, it } from 'vitest'

// Vitest runs this in Node, where there is no page: what a server that draws pages imports.
it.each([
  ['anketa', () => import('../../src/entries/index.ts')],
  ['anketa/define', () => import('../../src/entries/define.ts')],
  ['anketa/preact', () => import('../../src/entries/preact.ts')],
])('%s can be imported on a server, and changes nothing there', async (_, load) => {
  expect('document' in globalThis).toBe(false)
  const before = Reflect.ownKeys(globalThis)
  await load()
  expect(Reflect.ownKeys(globalThis)).toEqual(before)
})
