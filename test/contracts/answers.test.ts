import { parse } from 'valibot'
import { describe, expect, it } from 'vitest'
import { providers } from '../../src/providers/registry.ts'
import { followUpKey, loadAnswers, loadFollowUps, type NegativeAnswer } from './answers/answers.ts'
import { fullContext } from './support/full-lead.ts'
import { shownNames, withoutPatronymic } from './answers/small-form.ts'

const followUps = await loadFollowUps()
const context = {
  ...fullContext,
  askedFields: shownNames,
  lead: { ...fullContext.lead, values: withoutPatronymic },
}
const [devtek, admitad, lotinfo, fivecrm] = [
  parse(providers.devtek.config, { idWebmaster: 1, token: 'invented' }),
  parse(providers.admitad.config, { websiteId: 7, campaigns: [17809], accessToken: 'invented' }),
  parse(providers.lotinfo.config, { token: 'invented', userId: 5 }),
  parse(providers.fivecrm.config, { publicToken: 'invented', funnelId: 3 }),
]
const readers = {
  devtek: (result) => providers.devtek.operations.create.outcome(result, devtek, context),
  admitad: (result) => providers.admitad.operations.create.outcome(result, admitad, context),
  lotinfo: (result) => providers.lotinfo.operations.create.outcome(result, lotinfo, context),
  fivecrm: (result) => providers.fivecrm.operations.create.outcome(result, fivecrm, context),
} as const satisfies Record<string, (result: { readonly status: number; readonly body: string }) => unknown>

describe.each([
  ['devtek', await loadAnswers('devtek')],
  ['admitad', await loadAnswers('admitad')],
  ['lotinfo', await loadAnswers('lotinfo')],
  ['fivecrm', await loadAnswers('fivecrm')],
] as const)('a negative answer of %s', (provider, answers) => {
  it('has at least twelve forms, each of which has consequences', () => {
    expect(answers.length).toBeGreaterThanOrEqual(12)
    expect(answers.map(followUpKey).filter((key) => !followUps.has(key))).toEqual([])
  })

  it.each(answers)('$answer: $outcome', (row) => {
    expect(readers[provider]({ status: row.status, body: bodyOf(row) })).toEqual(expectedOutcome(row))
  })
})

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
