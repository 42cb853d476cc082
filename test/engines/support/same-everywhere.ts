import { link, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, inject } from 'vitest'

/** Expects that a text is the same in every engine of a run. The first engine's is kept for the others. */
export async function expectSameEverywhere(name: string, text: string): Promise<void> {
  const kept = join(inject('runFolder'), `${name}.txt`)
  const draft = `${kept}.${inject('engine')}`
  await writeFile(draft, text)
  // Fails if another engine was first. A link appears with all of the text in it.
  await link(draft, kept).catch(() => undefined)
  expect(text).toBe(await readFile(kept, 'utf8'))
}
