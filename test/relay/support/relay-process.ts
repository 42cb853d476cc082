// A relay in a process of its own, to be killed: `relay-process.ts <folder> <address of the provider>`.
// Tells its parent the port once it listens.
import { createRelay } from '../../../src/relay/relay.ts'
import { serveRelay } from '../../../src/relay/serve.ts'
import { env, formEntry } from './invented.ts'

const [folder = '', baseUrl = ''] = process.argv.slice(2)
const entry = formEntry()
const destinations = entry.destinations.map((destination) => ({ ...destination, baseUrl }))
const relay = await createRelay(
  {
    database: `pglite:${folder}`,
    port: 0,
    host: '127.0.0.1',
    forms: { main: { ...entry, destinations, answerWithinSeconds: 0.1 } },
  },
  { fetch, env },
)
const { port } = await serveRelay(relay)
process.send?.({ port })
