import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { renderOptionsPage } from '../../scripts/docs/options-page.ts'

it('docs/options.md is that of the table: "npm run docs" writes it', async () => {
  const written = await readFile(new URL('../../docs/options.md', import.meta.url), 'utf8')
  expect(written).toBe(renderOptionsPage())
})
