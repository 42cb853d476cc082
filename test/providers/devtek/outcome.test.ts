import { is, literal, object, parse } from 'valibot'
import { describe, expect, it } from 'vitest'
import type { FieldIssue } from '../../../src/lead/issue.ts'
import type { Outcome } from '../../../src/lead/outcome.ts'
import { devtek } from '../../../src/providers/devtek/index.ts'
import type { HttpResult, LeadContext } from '../../../src/providers/core/context.ts'
import { createRandom, seed } from '../../support/random.ts'
import { inventedLead } from '../../lead/invented-lead.ts'

const token = 'invented-token-0123456789abcdef0'
const config = parse(devtek.config, { idWebmaster: 123, token })
const now = new Date('2026-11-22T09:00:05Z')
const context: LeadContext = {
  now,
  attempt: 1,
  mayHaveArrived: false,
  lead: { ...inventedLead, receivedAt: now },
}

function outcomeOf(result: HttpResult, mayHaveArrived = false): Outcome {
  return devtek.operations.create.outcome(result, config, { ...context, mayHaveArrived })
}

const bad = (errors: unknown): string => JSON.stringify({ result: 'bad', data: [], errors })
const fieldError = (name: string): string => `Field "${name}" error: Введите правильно`
const ok = '{"result":"ok","data":{"id_lead":999999},"errors":[]}'
const invalid = (...fields: string[]) => ({
  outcome: 'invalid',
  issues: fields.map((field): FieldIssue => ({ field, message: 'Введите правильно' })),
})
const accepted = { outcome: 'accepted', providerId: '999999' }
const duplicate = { outcome: 'duplicate' }
const refused = { outcome: 'refused' }
const unreadable = (mayHaveArrived: boolean) => ({ outcome: 'unreadable', mayHaveArrived })
const unavailable = (mayHaveArrived: boolean) => ({ outcome: 'unavailable', mayHaveArrived })

describe('the outcome of a response', () => {
  it.each<[string, number, string, object]>([
    ['documented: accepted', 200, ok, accepted],
    [
      'documented: a wrong field',
      200,
      '{"result":"bad","data":[],"errors":["Field \\"phone\\" error: Введите правильный номер телефона"]}',
      { outcome: 'invalid', issues: [{ field: 'phone', message: 'Введите правильный номер телефона' }] },
    ],
    ['documented: a duplicate', 200, '{"result":"bad","data":[],"errors":["Lead duplicate"]}', duplicate],
    // An "ok" is accepted even if its details are unusual.
    ['accepted with 201', 201, ok, accepted],
    ['accepted after a byte order mark', 200, `\uFEFF${ok}`, accepted],
    ['accepted with the id as text', 200, '{"result":"ok","data":{"id_lead":"999999"}}', accepted],
    ['accepted without an id', 200, '{"result":"ok","data":[],"errors":[]}', { outcome: 'accepted' }],
    ['accepted with nothing else', 200, '{"result":"ok"}', { outcome: 'accepted' }],
    ['accepted with null', 200, '{"result":"ok","data":null,"errors":null}', { outcome: 'accepted' }],
    // Refusals have the status 200 or 4xx, and errors of several shapes.
    ['a wrong field with 400', 400, bad([fieldError('phone')]), invalid('phone')],
    ['a wrong field with 422', 422, bad([fieldError('phone')]), invalid('phone')],
    ['a wrong field with 403', 403, bad([fieldError('phone')]), invalid('phone')],
    ['a duplicate with 400', 400, bad(['Lead duplicate']), duplicate],
    ['a duplicate with 409', 409, bad(['lead duplicate ']), duplicate],
    ['a duplicate among others', 200, bad([fieldError('phone'), 'Lead duplicate']), duplicate],
    ['errors as one text', 200, bad(fieldError('phone')), invalid('phone')],
    ['errors as objects', 200, bad([{ message: fieldError('phone') }]), invalid('phone')],
    [
      'errors as lists',
      200,
      bad([[fieldError('phone')], [[fieldError('email')]]]),
      invalid('phone', 'email'),
    ],
    ['errors as one object', 200, bad({ message: 'Lead duplicate' }), duplicate],
    [
      'errors as a list with gaps',
      200,
      bad({ 1: fieldError('phone'), 3: [fieldError('email')] }),
      invalid('phone', 'email'),
    ],
    [
      'an error of many lines',
      200,
      bad([`Field "phone" error: Раз\nдва`]),
      { issues: [{ message: 'Раз\nдва' }] },
    ],
    ['field errors next to others', 200, bad(['Ой', fieldError('phone')]), invalid('phone')],
    ['credentials as a field: token', 200, bad([fieldError('phone'), fieldError('token')]), refused],
    ['credentials as a field: webmaster', 400, bad([fieldError('id_webmaster')]), refused],
    ['credentials as a status: 401', 401, '', refused],
    ['credentials as a status: 403', 403, bad(['Access denied']), refused],
    // Temporary failures are tried again.
    ['too many requests', 429, 'Too Many Requests', unavailable(false)],
    ['too many requests, in JSON', 429, bad(['Slow down']), unavailable(false)],
    ['a slow request', 408, '', unavailable(false)],
    ['500 with HTML', 500, '<html>Ошибка</html>', unavailable(true)],
    ['502 with nothing', 502, '', unavailable(true)],
    ['503 with JSON', 503, '{"error":"maintenance"}', unavailable(true)],
    ['500 with "bad"', 500, bad(['Server error']), unavailable(true)],
    // Undocumented responses never count as a success.
    ['"bad" without errors', 200, '{"result":"bad"}', { outcome: 'declined' }],
    ['"bad" with null', 200, bad(null), { outcome: 'declined' }],
    [
      '"bad" with unknown errors',
      200,
      bad(['Ой', 5, null, {}, { message: 5 }]),
      { outcome: 'declined', reason: 'Ой' },
    ],
    [
      '"bad" with a field without a message',
      400,
      bad(['Field "phone" error: ']),
      { outcome: 'invalid', issues: [{ field: 'phone' }] },
    ],
    ['HTML', 200, '<!doctype html><title>OK</title>', unreadable(true)],
    ['an empty body', 200, '', unreadable(true)],
    ['no content', 204, '', unreadable(true)],
    ['a cut answer', 200, ok.slice(0, -3), unreadable(true)],
    ['null', 200, 'null', unreadable(true)],
    ['a list', 200, `[${ok}]`, unreadable(true)],
    ['another result', 200, '{"result":"OK","data":{"id_lead":1}}', unreadable(true)],
    ['a true result', 200, '{"result":true,"data":{"id_lead":1}}', unreadable(true)],
    ['an id without a result', 200, '{"data":{"id_lead":1}}', unreadable(true)],
    ['an answer around the answer', 200, `{"data":${ok}}`, unreadable(true)],
    ['a redirect', 301, '', unreadable(false)],
    ['an unknown path', 404, 'Not Found', unreadable(false)],
    ['a redirect that a browser hides', 0, '', unreadable(false)],
  ])('%s', (_, status, body, expected) => {
    expect(outcomeOf({ status, body })).toMatchObject(expected)
  })

  it('"Lead duplicate" to a repeat is accepted, because the first lead arrived', () => {
    expect(outcomeOf({ status: 200, body: bad(['Lead duplicate']) }, true)).toEqual({ outcome: 'accepted' })
    expect(outcomeOf({ status: 400, body: bad(['Lead duplicate']) }, false)).toEqual(duplicate)
  })

  it.each<[HttpResult, object]>([
    [{ failure: 'timeout', sent: true }, unavailable(true)],
    [{ failure: 'timeout', sent: false }, unavailable(false)],
    [{ failure: 'network', sent: true }, unavailable(true)],
    [{ failure: 'network', sent: false }, unavailable(false)],
    [{ failure: 'aborted', sent: true }, unavailable(true)],
  ])('without a response: %o', (result, expected) => {
    expect(outcomeOf(result)).toMatchObject(expected)
    expect(devtek.operations.create.retry).toBe('safe')
  })
})

it.each([
  ['last_name', 'lastName'],
  ['first_name', 'firstName'],
  ['middle_name', 'middleName'],
  ['birthday', 'birthDate'],
  ['phone', 'phone'],
  ['email', 'email'],
  ['kladr', 'cityKladr'],
  ['registration_region', 'registrationRegion'],
  ['registration_city', 'registrationCity'],
  ['deposit', 'deposit'],
  ['employment', 'employment'],
  ['place', 'jobPlace'],
  ['amount', 'amount'],
  ['credit_history', 'creditHistory'],
  ['passport_series', 'passportSeries'],
  ['passport_number', 'passportNumber'],
  ['passport_issued_date', 'passportIssuedDate'],
  ['passport_issued', 'passportIssuedBy'],
  ['passport_issued_code', 'passportIssuedCode'],
])('an error of %s is an issue of the field "%s"', (wire, field) => {
  expect(outcomeOf({ status: 200, body: bad([fieldError(wire)]) })).toEqual(invalid(field))
})

it.each(['sopd_date', 'channel', 'sub_id3', 'no_such_field', 'token'])(
  'an error of %s, which nobody typed, is refused',
  (wire) => {
    expect(outcomeOf({ status: 200, body: bad([fieldError(wire)]) })).toEqual({
      outcome: 'refused',
      reason: `parameter ${wire}: Введите правильно`,
    })
  },
)

it("shortens a provider's message", () => {
  const outcome = outcomeOf({ status: 200, body: bad([`Field "phone" error: ${'й'.repeat(10_000)}`]) })
  expect(outcome).toHaveProperty('issues.0.message.length', 500)
})

describe('garbage', () => {
  const bodies = [
    ok,
    bad([fieldError('phone')]),
    bad(['Lead duplicate']),
    bad({ 1: [{ message: 'x' }] }),
  ] as const

  const saysOk = (body: string): boolean =>
    is(object({ result: literal('ok') }), JSON.parse(body.replace(/^\uFEFF/, '')))

  it(`never throws and is never accepted (seed ${seed})`, () => {
    const random = createRandom(seed)
    for (let run = 0; run < 5000; run += 1) {
      const body = run % 3 ? random.mutate(random.pick(bodies)) : random.text(60)
      const status = random.pick([200, 200, 201, 204, 301, 400, 401, 403, 404, 422, 429, 500, 503])
      const about = `seed ${seed}, status ${status}, body ${JSON.stringify(body)}`
      const isAccepted = outcomeOf({ status, body }).outcome === 'accepted'
      expect(!isAccepted || saysOk(body), about).toBe(true)
    }
  })

  it.each([
    [
      'lists in lists',
      (depth: number) => `{"result":"bad","errors":${'['.repeat(depth)}${']'.repeat(depth)}}`,
    ],
    [
      'messages in messages',
      (depth: number) => `{"result":"bad","errors":${'{"message":'.repeat(depth)}1${'}'.repeat(depth)}}`,
    ],
    [
      'data without end',
      (depth: number) => `{"result":"bad","data":${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}}`,
    ],
    ['many errors', (count: number) => bad(Array.from({ length: count }, () => 'Ой'))],
    ['quotes', (count: number) => bad(['Field "'.repeat(count)])],
  ])('is read quickly even if it is malicious: %s', (_, make) => {
    const started = performance.now()
    expect(outcomeOf({ status: 200, body: make(20_000) })).toHaveProperty(
      'outcome',
      expect.stringMatching(/^(?:declined|refused)$/),
    )
    expect(performance.now() - started).toBeLessThan(500)
  })
})

it('no outcome contains a credential or personal data', () => {
  const { body = '' } = devtek.operations.create.request(config, context)
  const results: HttpResult[] = [
    ...[200, 301, 400, 401, 403, 404, 429, 500].flatMap((status) => [
      { status, body: '' },
      { status, body },
      { status, body: `<pre>${body}</pre>` },
      { status, body: bad([`Access denied for ${token}, ${inventedLead.values.phone}`]) },
      { status, body: bad([`Field "token" error: ${token}`]) },
    ]),
    { failure: 'network', sent: true },
  ]
  for (const result of results) {
    const outcome = JSON.stringify(outcomeOf(result))
    expect(outcome).not.toContain(token)
    expect(outcome).not.toContain(inventedLead.values.phone)
  }
})
