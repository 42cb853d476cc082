// A relay with two lenders in a process of its own, which a test kills: lender-process.ts <folder> <address of the
// lenders>. It sends its parent the address when it listens.
import { createRelay } from '../../../src/relay/create-relay.ts'
import { serveRelay } from '../../../src/relay/serve.ts'
import { adminToken, formEntry } from './invented.ts'
import { createFakeLenders } from './fake-lenders.ts'

const [folder = '', lenders = ''] = process.argv.slice(2)
const relay = await createRelay(
  {
    port: 0,
    host: '127.0.0.1',
    database: `pglite:${folder}`,
    adminToken: { env: 'ANKETA_ADMIN_TOKEN' },
    forms: {
      main: {
        ...formEntry(),
        answerWithinSeconds: 0.1,
        destinations: ['first', 'second'].map((name) => ({ provider: 'lender', name })),
      },
    },
  },
  {
    env: { ANKETA_ADMIN_TOKEN: adminToken },
    providers: createFakeLenders({ retry: 'if-not-sent' }).providers,
    fetch: (url, init) => fetch(url.replace('https://lender.example', lenders), init),
  },
)
const { port } = await serveRelay(relay)
process.send?.({ url: `http://127.0.0.1:${port}` })
