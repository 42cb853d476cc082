import { parse, safeParse } from 'valibot'
import { describe, expect, it } from 'vitest'
import type { LeadValues } from '../../../src/lead/values.ts'
import { validateFieldRules } from '../../../src/providers/core/validate-field-rules.ts'
import { lotinfo } from '../../../src/providers/lotinfo/index.ts'
import type { LeadContext } from '../../../src/providers/core/context.ts'
import { requiredFormFields } from '../../../src/providers/core/parameters/source-fields.ts'
import { bodyLeaves } from '../../contracts/support/documented-parameters.ts'
import { inventedLead } from '../../lead/invented-lead.ts'

const receivedAt = new Date('2026-11-22T09:00:05Z')
const lead = { ...inventedLead, receivedAt }
const context: LeadContext = { now: receivedAt, attempt: 1, mayHaveArrived: false, lead }

/** The leaves of the client that is sent, by path. */
function clientOf(values: LeadValues, options: object = {}, change: Partial<LeadContext> = {}) {
  const config = parse(lotinfo.config, { token: 'invented', ...options })
  const callContext = { ...context, ...change, lead: { ...lead, values } }
  const { data }: { data: unknown[] } = JSON.parse(
    lotinfo.operations.create.request(config, callContext).body ?? '',
  )
  expect(data).toHaveLength(1)
  return Object.fromEntries(bodyLeaves(data[0]))
}

describe('the request', () => {
  it('is as documented, without parameters that are not set', () => {
    const config = parse(lotinfo.config, { token: 'in vented&' })
    const { method, url, headers, body } = lotinfo.operations.create.request(config, context)
    expect({ method, url, headers }).toEqual({
      method: 'PUT',
      url: 'https://api.lotinfo.ru/v1/CLIENTS?token=in%20vented%26',
      headers: { 'content-type': 'application/json; charset=utf-8', accept: 'application/json' },
    })
    expect(JSON.parse(body ?? '')).toStrictEqual({
      data: [
        {
          fioF: "О'Вымыслова",
          fioI: 'Ынна',
          fioO: 'Ёлковна',
          birthday: '05.09.1990',
          clientc: 3,
          regionName: 'Тюменская область',
          cityName: 'Тюмень',
          contacts: [
            { type: 'mobile', value: '79000000042' },
            { type: 'email', value: 'ynna@example.ru' },
          ],
          comments: [
            {
              value:
                'Сумма: 50 000 ₽\nСрок, дней: 30\nСОПД v2026-09-01 22.11.2026 12:00 мск\nchannel: vk\nsubId1: one\nsubId5: 5\nutm_source: vk',
            },
          ],
          passport: {
            serial: '0310',
            number: '000050',
            sended: 'Отделом 1 УФМС России по Тюменской области',
            dateSended: '06.10.2015',
            codePod: '720-001',
          },
        },
      ],
    })
  })

  it("can name its token as in the document's sample", () => {
    const config = parse(lotinfo.config, { token: 'invented', tokenName: 'TOKEN' })
    expect(lotinfo.operations.create.request(config, context).url).toMatch(/\?TOKEN=invented$/)
  })

  it('has the number of the lead, if there is one', () => {
    expect(clientOf({}, {}, { leadNumber: 42 })).toMatchObject({ apiIdExchange: 42 })
    expect(clientOf({})).not.toHaveProperty('apiIdExchange')
  })
})

describe('contacts', () => {
  it.each([
    ['homePhone', '+74950000001', { type: 'city', value: '84950000001', comment: 'Домашний' }],
    ['homePhone', '+79000000001', { type: 'mobile', value: '79000000001', comment: 'Домашний' }],
    ['jobPhone', '+78000000001', { type: 'city', value: '88000000001', comment: 'Рабочий' }],
    ['emailSecond', 'a@example.ru', { type: 'email', value: 'a@example.ru' }],
  ])('hold %s %s as %o', (name, value, contact) => {
    const leaves = clientOf({ [name]: value })
    expect(leaves).toMatchObject(
      Object.fromEntries(Object.entries(contact).map(([key, sent]) => [`contacts.0.${key}`, sent])),
    )
  })

  it('are monitored by option, but only phones', () => {
    const leaves = clientOf({ phone: '+79000000042', email: 'ynna@example.ru' }, { spy: 1 })
    expect(leaves).toMatchObject({ 'contacts.0.spy': 1, 'contacts.1.type': 'email' })
    expect(leaves).not.toHaveProperty(['contacts.1.spy'])
  })

  it('are left out without a value, even if rules fill other members', () => {
    const fields = { 'contacts.4.comment': { value: 'Вторая' }, 'contacts.4.general': { value: 1 } }
    expect(Object.keys(clientOf({ phone: '+79000000042' }, { fields })).join()).not.toContain('contacts.1')
  })

  it('format the value of another field', () => {
    const fields = { 'contacts.5.value': 'guarantorPhone' }
    expect(clientOf({ guarantorPhone: '+79000000044' }, { fields })).toMatchObject({
      'contacts.0.type': 'mobile',
      'contacts.0.value': '79000000044',
    })
  })
})

describe('the place', () => {
  const values: LeadValues = {
    region: 'Примерская область',
    city: 'Примерск',
    regionId: 'lotinfo:40',
    cityId: 'lotinfo:536',
  }
  const placeOf = (placeValues: LeadValues, options: object = {}) =>
    Object.entries(clientOf(placeValues, options)).filter(([path]) => /^(region|city)/.test(path))

  it.each<[string, LeadValues, object, readonly (readonly [string, unknown])[]]>([
    ['the id of its city', values, {}, [['cityId', 536]]],
    ['the ids of the options', values, { cityId: 7, regionId: 8 }, [['cityId', 7]]],
    [
      "its region's id and its name",
      { ...values, cityId: undefined },
      {},
      [
        ['regionId', 40],
        ['cityName', 'Примерск'],
      ],
    ],
    [
      "its names, if the ids are another provider's",
      { ...values, regionId: 'devtek:40', cityId: 'devtek:536' },
      {},
      [
        ['regionName', 'Примерская область'],
        ['cityName', 'Примерск'],
      ],
    ],
    ['left out, if a city has no region', { city: 'Примерск' }, {}, []],
  ])('is %s', (_, placeValues, options, place) => {
    expect(placeOf(placeValues, options)).toEqual(place)
  })
})

describe('addresses', () => {
  it('are one line each, and the registration is the default address', () => {
    const registration = { registrationRegion: 'Москва', registrationCity: 'Москва', registrationHouse: '1' }
    expect(clientOf(registration)).toMatchObject({
      address: 'Москва, д. 1',
      'passport.propiska': 'Москва, д. 1',
    })
    expect(clientOf(registration)).not.toHaveProperty(['passport.placeHome'])
    expect(clientOf({ ...registration, residenceSame: true })).toMatchObject({
      'passport.placeHome': 'Москва, д. 1',
    })
    expect(clientOf({ ...registration, residenceCity: 'Примерск' })).toMatchObject({ address: 'Примерск' })
  })
})

describe('options', () => {
  it.each([
    {},
    { token: '' },
    { token: 'a', tokenName: 'Token' },
    { token: 'a', userId: '5' },
    { token: 'a', userCategory: 5 },
    { token: 'a', clientType: 5 },
    { token: 'a', deeps: 0 },
    { token: 'a', spy: true },
    { token: 'a', encoding: 2 },
    { token: 'a', objects: [{ id: 1, share: '1/2' }] },
    { token: 'a', orders: [{ name: '' }] },
    { token: 'a', comments: 'text' },
    { token: 'a', baseUrl: 'api.lotinfo.ru' },
  ])('are refused: %o', (options) => {
    expect(safeParse(lotinfo.config, options).success).toBe(false)
  })

  it('are checked for templates with unknown names', () => {
    const config = parse(lotinfo.config, {
      token: 'a',
      description: '{lastname}',
      comments: ['{amount}', '{sum}'],
      orders: [{ name: '{consents} {utm_source} {custom.f_1}' }],
    })
    expect(validateFieldRules(config.fields, lotinfo.parameters(config))).toEqual([
      'the template of fioDesc: there is no field "lastname"; did you mean "lastName"?',
      'the template of comments.1.value: there is no field "sum"',
    ])
  })

  it('require that a form asks for a phone', () => {
    const config = parse(lotinfo.config, { token: 'a' })
    expect(requiredFormFields(lotinfo.parameters(config), config)).toEqual([
      { path: 'contacts.0.value', names: ['phone'] },
    ])
  })
})
