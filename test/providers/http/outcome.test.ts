import fc from 'fast-check'
import { safeParse } from 'valibot'
import { describe, expect, it } from 'vitest'
import { http } from '../../../src/providers/http/index.ts'
import type { LeadContext } from '../../../src/providers/core/context.ts'
import { anyText } from '../../fields/any-text.ts'
import { fullContext } from '../../contracts/support/full-lead.ts'
import { outcomeSchema } from '../../contracts/support/outcome-schema.ts'
import { networkConfig } from './support.ts'

const { outcome } = http.operations.create

function read(status: number, body: unknown, changes: object = {}, context: Partial<LeadContext> = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return outcome({ status, body: text }, networkConfig(changes), { ...fullContext, ...context })
}
const unreadable = (status: number, mayHaveArrived: boolean) => ({
  outcome: 'unreadable',
  reason: `status ${status}, an answer that no rule of "outcomes" meets`,
  mayHaveArrived,
})

describe('an answer', () => {
  it('is what the first rule says that it meets', () => {
    expect(read(201, { status: 'new', data: { id: 77 } })).toEqual({ outcome: 'accepted', providerId: '77' })
    expect(read(200, { status: 'approved' })).toEqual({ outcome: 'accepted' })
    expect(read(409, '')).toEqual({ outcome: 'duplicate' })
    expect(read(401, '')).toEqual({ outcome: 'refused', reason: 'status 401' })
  })

  it.each<[status: number, mayHaveArrived: boolean]>([
    [200, true],
    [204, true],
    [301, false],
    [303, true],
    [404, false],
    [429, false],
    [500, true],
    [503, false],
  ])('that no rule meets is unreadable: status %i', (status, mayHaveArrived) => {
    expect(read(status, { status: 'other' })).toEqual(unreadable(status, mayHaveArrived))
    expect(read(status, '<html>')).toEqual(unreadable(status, mayHaveArrived))
  })

  it('with an empty list of errors is what the next rule says', () => {
    const outcomes = [
      { path: 'errors', outcome: 'declined', reason: 'errors' },
      { status: [200], outcome: 'accepted', id: 'id' },
    ]
    for (const errors of [[], {}, 0, '0', null, '', false, undefined]) {
      expect(read(200, { id: 1, errors }, { outcomes })).toEqual({ outcome: 'accepted', providerId: '1' })
    }
    expect(read(200, { id: 1, errors: ['Отказ'] }, { outcomes })).toMatchObject({ outcome: 'declined' })
  })

  it.each<[what: string, rule: object, body: unknown, met: boolean]>([
    ['a text for a number', { path: 'ok', oneOf: [1] }, { ok: '1' }, true],
    ['a flag', { path: 'ok', oneOf: [true] }, { ok: true }, true],
    ['an object in place of a value', { path: 'ok', oneOf: ['[object Object]'] }, { ok: {} }, false],
    ['a value that only exists', { path: 'id' }, { id: 5 }, true],
    ['zero that is asked for', { path: 'code', oneOf: [0] }, { code: 0 }, true],
    ['a list with something', { path: 'errors' }, { errors: ['Отказ'] }, true],
    ['an object with something', { path: 'errors' }, { errors: { phone: ['Неверный'] } }, true],
    ['a text', { path: 'errors' }, { errors: 'Отказ' }, true],
    ['true', { path: 'errors' }, { errors: true }, true],
    ['an entry of a list', { path: '0.id' }, [{ id: 5 }], true],
    ['a whole name with dots', { path: 'a.b' }, { 'a.b': 1 }, true],
    ['a part of an object that is inherited', { path: 'constructor' }, {}, false],
    ['the length of a text', { path: 'a.length' }, { a: 'text' }, false],
    ...[null, false, '', ' ', 0, '0', 'false', 'null', [], {}, [[]], [null], { phone: [] }, [{}]].map(
      (nothing): [string, object, unknown, boolean] => [
        `${JSON.stringify(nothing)}, which says nothing`,
        { path: 'errors' },
        { id: 1, errors: nothing },
        false,
      ],
    ),
  ])('is compared: %s', (_, rule, body, met) => {
    const outcomes = [{ ...rule, outcome: 'accepted' }]
    expect(read(200, body, { outcomes }).outcome).toBe(met ? 'accepted' : 'unreadable')
  })

  it('to a repetition of a call whose answer was lost tells no duplicate', () => {
    expect(read(409, '', { retry: 'safe' }, { mayHaveArrived: true })).toEqual({ outcome: 'accepted' })
  })

  it('may carry the reason of a no', () => {
    const outcomes = [{ status: [400], outcome: 'declined', reason: 'message' }]
    expect(read(400, { message: 'Возраст' }, { outcomes })).toEqual({
      outcome: 'declined',
      reason: 'status 400: Возраст',
    })
    expect(read(400, '', { outcomes })).toEqual({ outcome: 'declined', reason: 'status 400' })
  })

  it('may ask to try again', () => {
    const outcomes = [{ status: [429, 500, 503], outcome: 'unavailable' }]
    expect(read(429, '', { outcomes })).toMatchObject({ outcome: 'unavailable', mayHaveArrived: false })
    expect(read(500, '', { outcomes })).toMatchObject({ outcome: 'unavailable', mayHaveArrived: true })
  })
})

describe('field errors', () => {
  const fields = {
    phone: 'phone',
    birth: { field: 'birthDate', date: 'dd.MM.yyyy' },
    source: { value: 'anketa' },
  }
  const issuesOf = (errors: unknown, issues: object = {}) =>
    read(
      422,
      { errors },
      { fields, outcomes: [{ status: [422], outcome: 'invalid', issues: { path: 'errors', ...issues } }] },
    )

  it.each<[what: string, errors: unknown, issues: object]>([
    ['by parameter', { phone: 'Неверный' }, {}],
    ['in lists by parameter', { phone: ['Неверный', 'и ещё'] }, {}],
    ['in objects by parameter', { phone: { message: 'Неверный' } }, {}],
    ['in a list with names', [{ field: 'phone', message: 'Неверный' }], {}],
    [
      'in a list with names of their own',
      [{ path: 'phone', detail: 'Неверный' }],
      { name: 'path', message: 'detail' },
    ],
    ["under the interface's name", { tel: 'Неверный' }, { fields: { tel: 'phone' } }],
  ])('are read %s', (_, errors, issues) => {
    expect(issuesOf(errors, issues)).toEqual({
      outcome: 'invalid',
      issues: [{ field: 'phone', message: 'Неверный' }],
    })
  })

  it('without a name belong to no field', () => {
    const issues = [{ field: '', message: 'Не подходит' }]
    expect(issuesOf('Не подходит')).toEqual({ outcome: 'invalid', issues })
    expect(issuesOf(['Не подходит'])).toEqual({ outcome: 'invalid', issues })
    expect(issuesOf([{ message: 'Не подходит' }])).toEqual({ outcome: 'invalid', issues })
  })

  it.each(['source', 'campaign', 'constructor', '__proto__'])(
    'about what nobody typed are for the operator: %s',
    (name) => {
      const errors = JSON.parse(`{"${name}":"Неверный"}`)
      expect(issuesOf({ ...errors, phone: 'Неверный', [name]: 'Неверный' })).toEqual({
        outcome: 'refused',
        reason: name === 'source' ? 'parameter source refused' : 'parameter of the answer refused',
      })
    },
  )

  it('that cannot be read are a no with its reason', () => {
    for (const errors of [undefined, null, 7, [], {}, [[]], '']) {
      expect(issuesOf(errors)).toEqual({ outcome: 'declined', reason: 'status 422' })
    }
  })
})

describe('no answer', () => {
  it('follows from whether the call may be repeated', () => {
    const failed = (retry: string, sent: boolean) =>
      outcome({ failure: 'timeout', sent }, networkConfig({ retry }), fullContext)
    expect(failed('if-not-sent', true)).toEqual({ outcome: 'uncertain', reason: 'no answer: timeout' })
    expect(failed('safe', true)).toMatchObject({ outcome: 'unavailable', mayHaveArrived: true })
    expect(failed('if-not-sent', false)).toMatchObject({ outcome: 'unavailable', mayHaveArrived: false })
  })
})

describe('any answer', () => {
  it('has a known outcome, and reveals no secret', () => {
    const secret = 'invented-network-token'
    const config = networkConfig({
      outcomes: [
        { path: 'status', oneOf: ['ok'], outcome: 'accepted', id: 'id' },
        { path: 'no', outcome: 'declined', reason: 'no' },
        { path: 'errors', outcome: 'invalid', issues: { path: 'errors' } },
      ],
    })
    const told = fc.oneof(fc.constant(secret), anyText, fc.jsonValue({ maxDepth: 3 }))
    const answers = fc.record(
      { status: fc.constantFrom('ok', 'no'), id: told, no: told, errors: told },
      { requiredKeys: [] },
    )
    const bodies = fc.oneof(
      answers.map((answer) => JSON.stringify(answer)),
      fc.json(),
      anyText,
    )
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 599 }), bodies, (status, body) => {
        const read = outcome({ status, body }, config, fullContext)
        expect(safeParse(outcomeSchema, read).issues).toBeUndefined()
        expect(JSON.stringify(read)).not.toContain(secret)
        expect(outcome({ status, body }, config, fullContext)).toEqual(read)
      }),
      { numRuns: 2000 },
    )
  })
})

it('takes a text about access for the operator, and shows no markup to the person', () => {
  expect(read(422, { errors: ['Неверный токен'] })).toEqual({ outcome: 'refused', reason: 'Неверный токен' })
  expect(read(422, { errors: { phone: ['<b>Неверный</b> номер'] } })).toEqual({
    outcome: 'invalid',
    issues: [{ field: 'phone', message: 'Неверный номер' }],
  })
})

it('keeps the reason of every no, without the data that it may quote', () => {
  const told = { message: `Заявка ${String(fullContext.lead.values.phone)} отклонена` }
  for (const outcome of ['declined', 'refused', 'unavailable'] as const) {
    const outcomes = [{ status: [400], outcome, reason: 'message' }]
    expect(read(400, told, { outcomes })).toMatchObject({ outcome, reason: 'status 400: Заявка … отклонена' })
  }
})
