import { createBuilder } from 'vite'
import { DirectoryInUseError } from '../src/relay/database/directory-lock.ts'
import { startDemo } from './demo.ts'
import { postInventedLeads } from './invented-leads.ts'
import { buildPages } from './pages/build-pages.ts'

const port = Number(process.env['PORT'] ?? 8080)
const folder = process.env['ANKETA_DATA'] ?? '.data/demo'
/** Anybody can read it here: the demonstration is for invented people. */
const adminToken = 'demonstration-operator-token'

for (const mode of ['npm', 'script', 'console']) {
  // Keeps what is built already, such as the types. The console has a folder of its own.
  const builder = await createBuilder({
    mode,
    logLevel: 'error',
    build: { emptyOutDir: mode === 'console' },
  })
  await builder.buildApp()
}
await buildPages()
const demo = await startDemo({ port, folder, adminToken }).catch((error: unknown) => {
  console.error(explain(error))
  process.exit(1)
})

await postInventedLeads({ url: demo.url, adminToken })

console.log(`
Anketa is running. Open in a browser:

  ${demo.url}/                   a landing page with the loan form
  ${demo.url}/full               the same with everything that the lender takes
  ${demo.url}/admitad            a form for several campaigns of Admitad's
  ${demo.url}/sms                a form for a bank that confirms the phone by SMS (the code is 1234)
  ${demo.url}/lotinfo            a form for Lotinfo, a CRM
  ${demo.url}/callback           a name and a phone for 5CRM
  ${demo.url}/calculator         a calculator as the first step, in the look of a bank
  ${demo.url}/offers             a lender that always refuses, and the offers that follow
  ${demo.url}/pages              a page for every way to have a form on a page
  ${demo.url}/console            the operator's console; sign in with the admin token: ${adminToken}
  ${demo.url}/builder            the form builder alone, without a relay
  ${demo.url}/sandbox/devtek/    what the lender received, and switches for its answers
  ${demo.url}/sandbox/admitad/   the same of Admitad
  ${demo.url}/sandbox/lotinfo/   the same of Lotinfo
  ${demo.url}/sandbox/fivecrm/   the same of 5CRM
  ${demo.url}/sandbox/bitrix24/  the same of Bitrix24, amoCRM (amocrm), LeadGid and LeadCraft

Ctrl+C stops it. Leads are kept in ${folder}.
`)

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    demo.close().then(
      () => process.exit(0),
      () => process.exit(1),
    )
  })
}

function explain(error: unknown): string {
  if (error instanceof DirectoryInUseError) return error.message
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    return `Port ${port} is taken. Stop what uses it, or take another one: PORT=${port + 1} npm start`
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
