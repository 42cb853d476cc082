import fc from 'fast-check'
import { parse } from 'valibot'
import { describe, expect, it } from 'vitest'
import type { Outcome } from '../../src/lead/outcome.ts'
import { providers } from '../../src/providers/registry.ts'
import type { HttpResult, LeadContext } from '../../src/providers/core/context.ts'
import type { BaseConfig } from '../../src/providers/core/field-rules.ts'
import type { Provider } from '../../src/providers/core/provider.ts'
import { shownNames, withoutPatronymic } from './answers/small-form.ts'
import { fullContext } from './support/full-lead.ts'
import {
  accessTexts,
  duplicateTexts,
  faultTexts,
  laterTexts,
  namedShapes,
  otherTexts,
  shapesOfRefusedRequests,
  textShapes,
} from './support/refusal-shapes.ts'

const context: LeadContext = {
  ...fullContext,
  askedFields: shownNames,
  lead: { ...fullContext.lead, values: withoutPatronymic },
}

type Reader = (result: HttpResult, overrides?: Partial<LeadContext>) => Outcome

function readerOf<Config extends BaseConfig>(provider: Provider<Config>, options: object): Reader {
  const config = parse(provider.config, options)
  return (result, overrides) =>
    provider.operations.create.outcome(result, config, { ...context, ...overrides })
}

const token = 'invented'
const fiveCrm = (method: string): Reader => readerOf(providers.fivecrm, { publicToken: token, method })

interface Call {
  readonly call: string
  readonly read: Reader
  /** A parameter that the person filled in, and where. */
  readonly typed?: { readonly name: string; readonly field: string }
  /** A parameter that the operator or the page fills in. */
  readonly own: string
}

/** Every call that sends a lead. */
const calls: readonly Call[] = [
  {
    call: 'devtek',
    read: readerOf(providers.devtek, { idWebmaster: 1, token }),
    typed: { name: 'phone', field: 'phone' },
    own: 'channel',
  },
  {
    call: 'admitad, create',
    read: readerOf(providers.admitad, { websiteId: 7, campaigns: [17809], accessToken: token }),
    typed: { name: 'mobile_phone', field: 'phone' },
    own: 'subid',
  },
  {
    call: 'admitad, sync',
    read: readerOf(providers.admitad, { websiteId: 7, mode: 'sync', campaignId: 65, accessToken: token }),
    typed: { name: 'mobile_phone', field: 'phone' },
    own: 'personal_data_agent',
  },
  {
    call: 'lotinfo',
    read: readerOf(providers.lotinfo, { token, userId: 5 }),
    typed: { name: 'birthday', field: 'birthDate' },
    own: 'userId',
  },
  {
    call: 'fivecrm, form',
    read: fiveCrm('form'),
    typed: { name: 'phone', field: 'phone' },
    own: 'utm_source',
  },
  {
    call: 'fivecrm, deal',
    read: fiveCrm('deal'),
    typed: { name: 'email', field: 'email' },
    own: 'funnel_id',
  },
  {
    call: 'fivecrm, contact',
    read: fiveCrm('contact'),
    typed: { name: 'surname', field: 'lastName' },
    own: 'manager_id',
  },
  {
    call: 'fivecrm, company',
    read: fiveCrm('company'),
    typed: { name: 'email', field: 'email' },
    own: 'author_id',
  },
  { call: 'fivecrm, task', read: fiveCrm('task'), own: 'priority_id' },
]

const response = (status: number, body: unknown): HttpResult => ({ status, body: JSON.stringify(body) })
const refusedStatuses = [400, 402, 406, 409, 410, 413, 415, 422, 423, 451]

describe.each(calls)('a refusal of $call', ({ read, typed, own }) => {
  it.each(Object.entries(textShapes))('as %s is kept with its text', (shape, build) => {
    for (const text of otherTexts) {
      for (const status of [200, ...refusedStatuses]) {
        const outcome = read(response(status, build(text)))
        expect(outcome, `${shape}, ${status}`).toMatchObject({ outcome: 'declined' })
        expect(Object(outcome).reason, `${shape}, ${status}`).toContain(text)
      }
      expect(read({ status: 200, body: `\uFEFF${JSON.stringify(build(text))}` }).outcome).toBe('declined')
    }
  })

  it.each(Object.entries(shapesOfRefusedRequests))(
    'as %s counts with a status that refuses',
    (_shape, build) => {
      for (const status of refusedStatuses) {
        const outcome = read(response(status, build('Отказано')))
        expect(outcome, String(status)).toMatchObject({ outcome: 'declined' })
        expect(Object(outcome).reason).toContain('Отказано')
      }
      expect(['uncertain', 'unreadable']).toContain(read(response(200, build('Отказано'))).outcome)
    },
  )

  it('that speaks of access is for the operator, whatever else it says', () => {
    for (const text of accessTexts) {
      for (const build of Object.values(textShapes)) {
        expect(read(response(200, build(text))), text).toMatchObject({ outcome: 'refused' })
      }
      const both = { errors: [`Field "${typed?.name}" error: Неверно`, text] }
      expect(read(response(400, both)), text).toMatchObject({ outcome: 'refused' })
    }
  })

  it('that says that the provider cannot answer now is neither about the person nor for the operator', () => {
    for (const text of laterTexts) {
      for (const build of Object.values(textShapes)) {
        expect(read(response(200, build(text))), text).toMatchObject({
          outcome: 'unavailable',
          mayHaveArrived: false,
          reason: expect.stringContaining(text),
        })
      }
    }
  })

  it('that tells a fault of the server leaves open whether the lead arrived', () => {
    for (const text of faultTexts) {
      for (const build of Object.values(textShapes)) {
        const outcome = read(response(200, build(text)))
        // A call that must not be repeated waits for a person.
        const isOpen =
          outcome.outcome === 'uncertain' || (outcome.outcome === 'unavailable' && outcome.mayHaveArrived)
        expect(isOpen, text).toBe(true)
        expect(outcome).toMatchObject({ reason: expect.stringContaining(text) })
      }
    }
  })

  it('that speaks of the moment beside a decision is a no', () => {
    const errors = ['К сожалению, заявка не одобрена', 'Сервис временно недоступен']
    expect(read(response(200, { errors }))).toMatchObject({ outcome: 'declined' })
  })

  it('that says in any words that the lead is known is a duplicate; after a lost answer it is this lead', () => {
    for (const text of duplicateTexts) {
      for (const build of Object.values(textShapes)) {
        expect(read(response(200, build(text))), text).toEqual({ outcome: 'duplicate' })
        expect(read(response(409, build(text)), { mayHaveArrived: true })).toEqual({ outcome: 'accepted' })
      }
    }
  })

  it.each(Object.entries(namedShapes))('as %s belongs to those who gave the value', (shape, build) => {
    for (const status of [200, 400, 422]) {
      const about = (name: string, askedFields = shownNames): Outcome =>
        read(response(status, build(name, 'Неверно')), { askedFields })
      for (const { name, field } of typed ? [typed] : []) {
        const issues = [{ field, message: 'Неверно' }]
        expect(about(name), `${shape}, ${status}`).toEqual({ outcome: 'invalid', issues })
        expect(about(name, new Set())).toMatchObject({ outcome: 'refused' })
      }
      const refused = about(own)
      expect(refused, `${shape}, ${status}`).toMatchObject({ outcome: 'refused' })
      expect(Object(refused).reason.toLowerCase()).toContain(`${own.toLowerCase()}: неверно`)
    }
  })

  it('that names a parameter without a text asks for the field', () => {
    for (const { name, field } of typed ? [typed] : []) {
      for (const errors of [{ [name]: true }, [{ field: name }], [{ field: name, rule: 'required' }]]) {
        expect(read(response(422, { errors }))).toEqual({ outcome: 'invalid', issues: [{ field }] })
      }
    }
  })

  it('never is anything for the person or a success, if it cannot be read', () => {
    const bodies = fc.oneof(
      fc.constantFrom(
        '',
        '<h1>Ошибка</h1>',
        'null',
        '5',
        'true',
        '[]',
        '{}',
        '{"errors":[]}',
        '{"errors":["x',
      ),
      fc.constantFrom(
        '['.repeat(100_000),
        `"${'я'.repeat(300_000)}"`,
        `{"errors":"${' '.repeat(250_000)}x"}`,
        '\uFEFF',
        '\u0000',
        '{"data":{"phone":"1"}}',
      ),
      fc.string(),
    )
    fc.assert(
      fc.property(fc.integer({ min: 300, max: 599 }), bodies, (status, body) => {
        const { outcome } = read({ status, body })
        expect(['declined', 'refused', 'unavailable', 'unreadable', 'uncertain']).toContain(outcome)
      }),
      { numRuns: 300 },
    )
  })
})

it('takes no success with a remark for a refusal', () => {
  for (const success of [{ success: true }, { status: 'ok' }, { ok: true }, { result: 'ok' }]) {
    for (const { call, read } of calls) {
      const { outcome } = read(response(200, { ...success, errors: ['Предупреждение'] }))
      expect(['accepted', 'uncertain', 'unreadable'], `${call} ${JSON.stringify(success)}`).toContain(outcome)
    }
  }
})
