import { describe, expect, it } from 'vitest'
import { parseJson } from '../../../src/providers/core/json.ts'
import { http } from '../../../src/providers/http/index.ts'
import { bindProvider } from '../../../src/relay/destinations/destination.ts'
import { allValues, fullContext } from '../../contracts/support/full-lead.ts'
import { networkConfig, networkOptions } from './support.ts'

const { request } = http.operations.create

function send(changes: object, lead: object = {}) {
  return request(networkConfig(changes), { ...fullContext, lead: { ...fullContext.lead, ...lead } })
}
const bodyOf = (fields: object, lead: object = {}) => parseJson(send({ fields }, lead).body ?? '')

describe('the body', () => {
  it('is nested by the paths, and a list where they are numbers', () => {
    expect(
      bodyOf({
        phone: 'phone',
        'person.name': { template: '{lastName} {firstName}' },
        'person.birth.date': { field: 'birthDate', date: 'dd.MM.yyyy' },
        'offers.0.id': { value: 7 },
        'offers.1.id': { value: 8 },
      }),
    ).toEqual({
      phone: '+79000000042',
      person: { name: 'Вымыслова Ынна', birth: { date: '05.09.1990' } },
      offers: [{ id: 7 }, { id: 8 }],
    })
    expect(bodyOf({ '0.name': 'firstName', '0.tags.0': { value: 'a' } })).toEqual([
      { name: 'Ынна', tags: ['a'] },
    ])
  })

  it('has values in their own types: numbers, flags, dates in ISO order', () => {
    expect(
      bodyOf({
        amount: 'amount',
        birth: 'birthDate',
        series: 'passportSeries',
        married: 'maritalStatus',
        same: 'residenceSame',
        text: { template: '{amount}' },
        flag: { value: false },
        nothing: { value: null },
        part: { value: 0.5 },
      }),
    ).toEqual({
      amount: 50_000,
      birth: '1990-09-05',
      series: '0315',
      married: 'married',
      same: false,
      text: '50000',
      flag: false,
      nothing: null,
      part: 0.5,
    })
  })

  it.each<[what: string, rule: unknown, sent: unknown]>([
    ['an attribution parameter', 'subId1', 'sub one'],
    [
      'an attribution parameter in a template',
      { template: '{utm_source}/{subId2}' },
      'source of utm/sub two',
    ],
    ['the consents', 'consents', expect.stringContaining('СОПД v2026-09-01')],
    ['the last digits of a phone', { field: 'phone', digits: 10 }, '9000000042'],
    ['a phone without its plus', { field: 'phone', digits: 11 }, '79000000042'],
    ["the interface's own name of a value", { field: 'gender', map: { female: 'F', male: 'M' } }, 'F'],
    ["the interface's own number of a value", { field: 'employment', map: { 4: 17 } }, 17],
    ['a value without a name there', { field: 'employment', map: { 1: 17 } }, undefined],
    ['a date in another order', { field: 'birthDate', date: 'yyyy/MM/dd' }, '1990/09/05'],
    ['a short year', { field: 'birthDate', date: 'ddMMyy' }, '050990'],
    [
      'the moment of receipt',
      { moment: 'received', date: "yyyy-MM-dd'T'HH:mm:ssxxx" },
      '2026-11-22T12:00:05+03:00',
    ],
    [
      'the moment of a consent',
      { moment: 'consents.transfer', date: 'dd.MM.yyyy HH:mm' },
      '22.11.2026 12:00',
    ],
    ['the moment of a consent that is missing', { moment: 'consents.other', date: 'unix' }, undefined],
    ['a moment in seconds', { moment: 'received', date: 'unix' }, 1_795_338_005],
    ['a secret', { secret: 'network-key' }, 'network-key'],
    ['a constant beside a value', { value: 'MOBILE', with: 'phone' }, 'MOBILE'],
    ['a constant beside a consent', { value: true, with: 'consents.processing' }, true],
    ['a constant beside no consent', { value: true, with: 'consents.advertising' }, undefined],
    ['a constant beside an unticked box', { value: true, with: 'residenceSame' }, undefined],
  ])('has %s', (_, rule, sent) => {
    expect(bodyOf({ sent: rule, always: { value: 1 } })).toEqual(
      sent === undefined ? { always: 1 } : { sent, always: 1 },
    )
  })

  it('leaves out what the lead does not have', () => {
    const fields = {
      email: 'email',
      kind: { value: 'HOME', with: 'email' },
      name: { template: '{middleName}' },
      custom: 'custom.floor',
      phone: 'phone',
    }
    expect(bodyOf(fields, { values: { phone: '+79000000042' } })).toEqual({ phone: '+79000000042' })
    expect(bodyOf(fields, { values: { 'custom.floor': 7 } })).toEqual({ custom: 7 })
  })

  it('has the registration as the residence where they are the same', () => {
    const fields = { city: 'residenceCity', type: { value: 'fact', with: 'residenceCity' } }
    const { residenceCity: _, ...values } = { ...allValues, residenceSame: true }
    expect(bodyOf(fields, { values })).toEqual({ city: 'Вымышленск', type: 'fact' })
  })

  it('cannot change what objects are', () => {
    const body = bodyOf({ '__proto__.a': { value: 1 }, 'b.__proto__': { value: 2 } })
    expect(Object.keys(Object(body))).toEqual(['__proto__', 'b'])
    expect(Object.getPrototypeOf(body)).toBe(Object.prototype)
  })
})

describe('the request', () => {
  const fields = {
    'lead[phone]': 'phone',
    'lead[name]': { template: '{lastName} & co' },
    list: { value: true },
  }

  it('is a form if the interface takes one', () => {
    const { headers, body, url } = send({ format: 'form', fields })
    expect(headers).toMatchObject({ 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' })
    expect([...new URLSearchParams(body)]).toEqual([
      ['lead[phone]', '+79000000042'],
      ['lead[name]', 'Вымыслова & co'],
      ['list', 'true'],
    ])
    expect(url).toBe('https://api.example.ru/v1/applications')
  })

  it('has its parameters in the address if the interface wants them there', () => {
    const { method, url, body } = send({ method: 'GET', url: 'https://api.example.ru/add?key=1', fields })
    expect(method).toBe('GET')
    expect(body).toBeUndefined()
    expect([...new URL(url).searchParams]).toEqual([
      ['key', '1'],
      ['lead[phone]', '+79000000042'],
      ['lead[name]', 'Вымыслова & co'],
      ['list', 'true'],
    ])
  })

  it('has the headers of the options, in place of its own', () => {
    expect(
      send({ method: 'PUT', headers: { Accept: 'text/plain', 'X-Token': { secret: 't' } } }),
    ).toMatchObject({
      method: 'PUT',
      headers: { accept: 'text/plain', 'x-token': 't', 'content-type': 'application/json; charset=utf-8' },
    })
  })
})

it('is shown without the secrets of its address, in whatever spelling they are quoted', async () => {
  const address = 'https://api.example.ru/hooks/invented-hook/лиды?token=invented-token&key=а б'
  const result = await bindProvider(http).createDestination({
    ...networkOptions({ url: { secret: address }, method: 'GET', format: 'query' }),
  })
  if ('problems' in result) throw new Error(result.problems.join())
  const { destination } = result
  const { url } = destination.request(fullContext)
  for (const quoted of [url, address, `invalid invented-token`, 'no hook invented-hook']) {
    expect(destination.redact(quoted), quoted).not.toMatch(/invented-/)
  }
  const outcome = destination.outcome({ status: 401, body: url }, fullContext)
  expect(JSON.stringify(outcome)).not.toMatch(/invented-/)
})
