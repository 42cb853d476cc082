// Writes what is written from the sources, npm run docs: the tables of docs/providers.md, the list of options, the texts
// in docs/messages.
import { readFile, writeFile } from 'node:fs/promises'
import { writeOptionsPage } from '../../src/embed/options/options-page.ts'
import { messageFiles } from './message-files.ts'
import { providerTables, withTables } from './provider-tables.ts'

const file = new URL('../../docs/providers.md', import.meta.url)
await writeFile(file, withTables(await readFile(file, 'utf8'), providerTables()))

for (const [name, content] of messageFiles()) {
  await writeFile(new URL(`../../docs/messages/${name}`, import.meta.url), content)
}

await writeFile(new URL('../../docs/options.md', import.meta.url), writeOptionsPage())
