// Writes what is written from the sources, npm run docs: the tables of docs/providers.md, the list of options, the texts
// in docs/messages.
import { readFile, writeFile } from 'node:fs/promises'
import { renderOptionsPage } from './options-page.ts'
import { createMessageFiles } from './message-files.ts'
import { createProviderTables, replaceTables } from './provider-tables.ts'

const file = new URL('../docs/providers.md', import.meta.url)
await writeFile(file, replaceTables(await readFile(file, 'utf8'), createProviderTables()))

for (const [name, content] of createMessageFiles()) {
  await writeFile(new URL(`../docs/messages/${name}`, import.meta.url), content)
}

await writeFile(new URL('../docs/options.md', import.meta.url), renderOptionsPage())
