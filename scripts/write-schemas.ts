// Writes the JSON Schemas of the package to dist. Run by `npm run build`.
import { mkdir, writeFile } from 'node:fs/promises'
import { createDefinitionSchema } from './schemas/definition-schema.ts'
import { createOptionsSchema } from './schemas/options-schema.ts'
import { createRelaySchema } from './schemas/relay-schema.ts'

const dist = new URL('../dist/', import.meta.url)
const schemas = {
  'schema.json': createOptionsSchema(),
  'definition.schema.json': createDefinitionSchema(),
  'relay.schema.json': createRelaySchema(),
}

await mkdir(dist, { recursive: true })
for (const [name, schema] of Object.entries(schemas))
  await writeFile(new URL(name, dist), `${JSON.stringify(schema, undefined, 2)}\n`)
