// Writes the tables of docs/providers.md from the adapters: npm run docs.
import { readFile, writeFile } from 'node:fs/promises'
import { providerTables, withTables } from './provider-tables.ts'

const file = new URL('../../docs/providers.md', import.meta.url)
await writeFile(file, withTables(await readFile(file, 'utf8'), providerTables()))
