// A relay with two lenders in a process of its own, which a test kills: relay-process.ts <folder or address of the
// database> <address of the lenders> <answerWithinSeconds> <address of receivers> <events of notifications>. It sends its parent the address when it listens.
import { createRelay } from '../../../src/relay/create-relay.ts'
import { serveRelay } from '../../../src/relay/assembly/serve.ts'
import { receiverEntries, receiverEnv } from './receivers.ts'
import { createFakeLenders } from '../../relay/support/fake-lenders.ts'
import { adminToken, formEntry, wideLimits } from '../../relay/support/invented.ts'

const [database = '', lenders = '', answerWithinSeconds = '0.1', receivers = '', events = ''] =
  process.argv.slice(2)
const relay = await createRelay(
  {
    port: 0,
    host: '127.0.0.1',
    database: database.startsWith('postgres:') ? database : `pglite:${database}`,
    adminToken: { env: 'ANKETA_ADMIN_TOKEN' },
    ...(receivers === '' ? {} : receiverEntries(receivers, events.split(','))),
    limits: wideLimits,
    forms: {
      main: {
        ...formEntry(),
        answerWithinSeconds: Number(answerWithinSeconds),
        destinations: ['first', 'second'].map((name) => ({ provider: 'lender', name })),
      },
    },
  },
  {
    env: { ANKETA_ADMIN_TOKEN: adminToken, ...receiverEnv },
    providers: createFakeLenders({ retry: 'if-not-sent' }).providers,
    fetch: (url, init) => fetch(url.replace('https://lender.example', lenders), init),
  },
)
const { port } = await serveRelay(relay)
process.send?.({ url: `http://127.0.0.1:${port}` })
