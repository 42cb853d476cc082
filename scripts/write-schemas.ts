// Writes the JSON Schemas and the ready definitions of destinations to dist. Run by `npm run build`.
import { mkdir, writeFile } from 'node:fs/promises'
import { readyDefinitions } from '../src/providers/http/with-definition.ts'
import { createDefinitionSchema } from './schemas/definition-schema.ts'
import { createOptionsSchema } from './schemas/options-schema.ts'
import { createRelaySchema } from './schemas/relay-schema.ts'

const dist = new URL('../dist/', import.meta.url)
const schemas = {
  'schema.json': createOptionsSchema(),
  'definition.schema.json': createDefinitionSchema(),
  'relay.schema.json': createRelaySchema(),
}

const definitions = Object.entries(readyDefinitions).map(
  ([name, definition]) => [`destinations/${name}.json`, definition] as const,
)

await mkdir(new URL('destinations/', dist), { recursive: true })
for (const [name, content] of [...Object.entries(schemas), ...definitions])
  await writeFile(new URL(name, dist), `${JSON.stringify(content, undefined, 2)}\n`)
