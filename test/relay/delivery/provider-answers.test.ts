import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Fetch } from '../../../src/delivery/send-http.ts'
import type { Relay } from '../../../src/relay/relay-options.ts'
import { providerBindings } from '../../../src/relay/destinations/providers.ts'
import type { Log } from '../../../src/relay/log.ts'
import {
  answerTableNames,
  type AnswerTableName,
  describedInterface,
  followUpKey,
  loadAnswers,
  loadFollowUps,
  type NegativeAnswer,
} from '../../contracts/answers/answers.ts'
import { loadRecordedResponses } from '../../contracts/support/recorded-responses.ts'
import { smallFormFields, withoutPatronymic } from '../../contracts/answers/small-form.ts'
import { createFakeLenders } from '../support/fake-lenders.ts'
import { formEntry, inventLead } from '../support/invented.ts'
import { createRelayFixture, request, requestHealth } from '../support/relay-fixture.ts'

const timeout = 60_000
const followUps = await loadFollowUps()
const secret = { env: 'INVENTED_SECRET' }
const destinations: Readonly<Record<AnswerTableName, object>> = {
  devtek: { provider: 'devtek', id: 'asked', idWebmaster: 123, token: secret },
  admitad: { provider: 'admitad', id: 'asked', websiteId: 7, campaigns: [17809], accessToken: secret },
  'admitad-sync': {
    provider: 'admitad',
    id: 'asked',
    websiteId: 7,
    mode: 'sync',
    campaignId: 65,
    accessToken: secret,
  },
  lotinfo: { provider: 'lotinfo', id: 'asked', token: secret, userId: 5 },
  fivecrm: { provider: 'fivecrm', id: 'asked', publicToken: secret, funnelId: 3 },
  webhook: {
    provider: 'webhook',
    name: 'asked',
    allowPrivate: true,
    secret: { env: 'INVENTED_HOOK_SECRET' },
  },
  http: { provider: 'http', name: 'asked', allowPrivate: true, ...describedInterface },
}

/** Every row has a form of its own, so that its deliveries are counted alone. */
const tables = await Promise.all(
  answerTableNames.map(async (table) =>
    (await loadAnswers(table)).map((row, index) => ({
      ...row,
      table,
      form: `${table}-${index}`,
      options: {},
    })),
  ),
)

/** The first answer with each outcome, to the other methods of 5CRM: the table has those to a deal. */
const otherMethods = ['form', 'contact', 'company', 'task'].flatMap((method) => {
  const answers = tables
    .flat()
    .filter(({ table, reason = '' }) => table === 'fivecrm' && !reason.startsWith('parameter '))
  return [...new Map(answers.toReversed().map((row) => [followUpKey(row), row])).values()]
    .filter(({ outcome }) => method !== 'task' || !['invalid', 'duplicate'].includes(outcome))
    .map((row) => ({ ...row, form: `${row.form}-${method}`, options: { method, funnelId: undefined } }))
})
const rows = [...tables.flat(), ...otherMethods]

/** What Admitad answers to a code, and what the person sees; `accepted` is the answer of the next destination. */
const wrongCode = { outcome: 'verification', issues: [{ field: 'code', code: 'wrong-code' }] }
const noAnswer = {
  outcome: 'verification',
  issues: [{ field: 'code', message: expect.stringContaining('Ответа пока нет') }],
}
const codeAnswers = (
  [
    ['400-bad-request', wrongCode],
    ['200-error', wrongCode],
    ['200-sync-error', wrongCode],
    ['200-sync-declined', { outcome: 'accepted' }],
    ['404-not-found', { outcome: 'accepted' }],
    ['401-token-expired', noAnswer],
    ['403-no-rights', noAnswer],
    ['503-too-many-requests', noAnswer],
    ['500-error', noAnswer],
    ['200-html', noAnswer],
    ['200-empty', noAnswer],
  ] as const
).map(([name, expected], index) => ({
  name,
  expected,
  table: 'admitad-sync' as const,
  form: `code-${index}`,
  options: {},
}))
const recorded = await loadRecordedResponses('admitad')

function addressOf(table: AnswerTableName, form: string): object {
  return table === 'webhook' || table === 'http'
    ? { url: `http://127.0.0.1:9/leads/${form}` }
    : { baseUrl: `http://127.0.0.1:9/${form}` }
}

describe('a negative answer', { timeout }, () => {
  const fixture = createRelayFixture()
  const lenders = createFakeLenders()
  const logged: Parameters<Log>[] = []
  let relay: Relay
  let answer: NegativeAnswer | undefined
  let codeAnswer: { readonly status: number; readonly body: string } | undefined
  let posts = 0

  const fetch: Fetch = async (url, init) => {
    if (new URL(url).hostname === 'lender.example') return lenders.fetch(url, init)
    if (codeAnswer && url.endsWith('/confirm')) return new Response(codeAnswer.body, codeAnswer)
    const isLead =
      /\/(?:new-lead|create|sync_create|CLIENTS|(?:deal|contact|company|task)\/add|form\/send|leads)\b/.test(
        url,
      )
    if (!isLead || !answer) return new Response('', { status: 503 })
    const { status, body } = answer
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    return new Response(status === 304 ? null : text, { status })
  }

  beforeAll(async () => {
    const { start, usedDatabase } = await fixture
    const entry = formEntry()
    const steps = [{ id: 'all', title: 'Заявка', fields: smallFormFields }]
    const consents = entry.consents.map((consent) => ({ ...consent, required: true }))
    const forms = [...rows, ...codeAnswers].map(({ table, form, options }) => [
      form,
      {
        ...entry,
        definition: { title: 'Заявка', steps },
        consents,
        destinations: [
          // An address of its own is an account of its own, with a rate limit of its own.
          { ...destinations[table], ...options, ...addressOf(table, form) },
          { provider: 'lender', id: 'next', name: 'next' },
        ],
      },
    ])
    relay = await start(await usedDatabase(), {
      fetch,
      env: {
        INVENTED_SECRET: 'invented-secret-000000000000000a',
        INVENTED_HOOK_SECRET: `whsec_${btoa('invented'.repeat(3))}`,
      },
      providers: { ...providerBindings, ...lenders.providers },
      forms: Object.fromEntries(forms),
      log: (...entries) => logged.push(entries),
    })
  }, timeout)
  afterAll(async () => (await fixture).end())

  it.each(rows)('of $form: $answer', async (row) => {
    answer = row
    const { form, outcome, issues = [] } = row
    const followUp = followUps.get(followUpKey(row))
    const consents = [...inventLead().consents, { ...inventLead().consents[0], id: 'transfer' }]
    posts += 1
    const email = `person-${posts}@example.ru`
    const lead = { ...inventLead(), values: { ...withoutPatronymic, email }, consents }
    const posted = await request(relay, `/forms/${form}/leads`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(lead),
    })

    const isAskedAtOnce = followUp?.next.startsWith('asked at once')
    // The leads of other rows are tried again meanwhile.
    const calledFor = lenders.calls.filter(({ body }) => body['email'] === email)
    expect(calledFor).toHaveLength(isAskedAtOnce ? 1 : 0)
    expect(posted.body).toMatchObject(
      isAskedAtOnce
        ? { outcome: 'accepted' }
        : outcome === 'invalid'
          ? { outcome, issues: issues.map(({ field, message }) => ({ field, message })) }
          : { outcome: 'queued' },
    )

    const calls = logged.filter(([, text, facts]) => text === 'Delivery' && facts?.['lead'] === lead.id)
    expect(calls[0]).toMatchObject([followUp?.log, 'Delivery', { outcome, destination: 'asked' }])

    const { body } = await requestHealth(relay)
    const counted = Object(body).destinations?.[form]?.asked ?? {}
    const { health } = followUp ?? {}
    const names = ['refused', 'unreadable', 'uncertain'] as const
    expect(names.filter((name) => counted[name] > 0)).toEqual(names.filter((name) => name === health))
    expect((counted.waiting ?? 0) > 0).toBe(!isAskedAtOnce && /again/.test(followUp?.next ?? ''))
  })

  it.each(codeAnswers)('of admitad to a code: $name', async ({ name, form, expected }) => {
    const [create, confirm] = ['200-code-sent', name].map((each) => recorded.find((one) => one.name === each))
    if (!create || !confirm) throw new Error(`no response is recorded as ${name}`)
    answer = { answer: '', outcome: 'declined', ...create }
    codeAnswer = confirm
    const lead = inventLead()
    const consents = [...lead.consents, { ...lead.consents[0], id: 'transfer' }]
    const send = (path: string, content: object) =>
      request(relay, `/forms/${form}/leads${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(content),
      })
    const posted = await send('', { ...lead, values: withoutPatronymic, consents })
    expect(posted.body).toMatchObject({ outcome: 'verification' })
    const answered = await send(`/${lead.id}/code`, { key: lead.key, code: '1234' })
    expect(answered.body).toMatchObject(expected)
    const codes = logged.filter(([, text, facts]) => text === 'Code' && facts?.['lead'] === lead.id)
    expect(codes).toHaveLength(1)
  })

  it('reveals no value of the person in the log', () => {
    const text = JSON.stringify(logged)
    const personal = [withoutPatronymic.lastName, withoutPatronymic.phone, '@example.ru']
    expect(personal.filter((value) => text.includes(String(value)))).toEqual([])
  })
})
