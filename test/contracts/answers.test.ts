import { parse } from 'valibot'
import { describe, expect, it } from 'vitest'
import { providers } from '../../src/providers/registry.ts'
import type { BaseConfig } from '../../src/providers/core/field-rules.ts'
import type { Provider } from '../../src/providers/core/provider.ts'
import { http } from '../../src/providers/http/index.ts'
import { webhook } from '../../src/providers/webhook/index.ts'
import {
  answerTableNames,
  type AnswerTableName,
  describedInterface,
  followUpKey,
  loadAnswers,
  loadFollowUps,
  type NegativeAnswer,
} from './answers/answers.ts'
import { fullContext } from './support/full-lead.ts'
import { shownNames, withoutPatronymic } from './answers/small-form.ts'

const followUps = await loadFollowUps()
const context = {
  ...fullContext,
  askedFields: shownNames,
  lead: { ...fullContext.lead, values: withoutPatronymic },
}

type Reader = (result: { readonly status: number; readonly body: string }) => unknown

function readerOf<Config extends BaseConfig>(provider: Provider<Config>, options: object): Reader {
  const config = parse(provider.config, options)
  return (result) => provider.operations.create.outcome(result, config, context)
}

const token = 'invented'
const url = 'https://leads.example.ru/'
const readers: Readonly<Record<AnswerTableName, readonly Reader[]>> = {
  devtek: [readerOf(providers.devtek, { idWebmaster: 1, token })],
  admitad: [readerOf(providers.admitad, { websiteId: 7, campaigns: [17809], accessToken: token })],
  'admitad-sync': [
    readerOf(providers.admitad, { websiteId: 7, mode: 'sync', campaignId: 65, accessToken: token }),
  ],
  lotinfo: [readerOf(providers.lotinfo, { token, userId: 5 })],
  fivecrm: [readerOf(providers.fivecrm, { publicToken: token, funnelId: 3 })],
  webhook: [readerOf(webhook, { url, secret: `whsec_${btoa('invented'.repeat(3))}` })],
  http: [readerOf(http, { url, ...describedInterface })],
}
const tables = await Promise.all(
  answerTableNames.map(async (name) => ({ name, answers: await loadAnswers(name) })),
)

describe.each(tables)('a negative answer of $name', ({ name, answers }) => {
  it('has at least twelve forms, each of which has consequences', () => {
    expect(answers.length).toBeGreaterThanOrEqual(12)
    expect(answers.map(followUpKey).filter((key) => !followUps.has(key))).toEqual([])
  })

  it.each(answers)('$answer: $outcome', (row) => {
    for (const read of readers[name]) {
      expect(read({ status: row.status, body: bodyOf(row) })).toEqual(expectedOutcome(row))
    }
  })
})

/** Rows about nothing that only the method "deal" sends mean the same with every method of 5CRM. */
describe.each(['form', 'contact', 'company', 'task'])(
  'a negative answer of 5CRM to the method %s',
  (method) => {
    const read = readerOf(providers.fivecrm, { publicToken: token, method })
    const general = tables
      .filter(({ name }) => name === 'fivecrm')
      .flatMap(({ answers }) => answers)
      .filter(
        ({ outcome, reason = '' }) =>
          !['invalid', 'duplicate'].includes(outcome) && !reason.startsWith('parameter '),
      )

    it.each(general)('$answer: $outcome', (row) => {
      expect(read({ status: row.status, body: bodyOf(row) })).toEqual(expectedOutcome(row))
    })
  },
)

function bodyOf({ body }: NegativeAnswer): string {
  return typeof body === 'string' ? body : JSON.stringify(body)
}

function expectedOutcome({ outcome, issues, reason, mayHaveArrived = false }: NegativeAnswer): object {
  return {
    outcome,
    ...(issues === undefined ? {} : { issues }),
    ...(reason === undefined ? {} : { reason }),
    ...(outcome === 'unavailable' || outcome === 'unreadable' ? { mayHaveArrived } : {}),
  }
}
