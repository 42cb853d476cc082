import { looseObject, object, parse, safeParse } from 'valibot'
import { describe, expect, it } from 'vitest'
import type { ConsentReceipt } from '../../../src/lead/lead.ts'
import type { DevtekConfig } from '../../../src/providers/devtek/config.ts'
import { devtek } from '../../../src/providers/devtek/index.ts'
import type { LeadContext } from '../../../src/providers/core/context.ts'
import { inventedLead } from '../../lead/invented-lead.ts'

const token = 'invented-token-0123456789abcdef0'
const config = parse(devtek.config, { provider: 'devtek', idWebmaster: 123, token })
const receivedAt = new Date('2026-11-22T09:00:05Z')
const lead = { ...inventedLead, receivedAt }
const context: LeadContext = { now: receivedAt, attempt: 1, mayHaveArrived: false, lead }

/** The parsed body of a request. */
function bodyOf(change: Partial<LeadContext['lead']> = {}, options: Partial<DevtekConfig> = {}): unknown {
  const { body = '' } = devtek.operations.create.request(
    { ...config, ...options },
    { ...context, lead: { ...lead, ...change } },
  )
  return JSON.parse(body)
}

/** The parsed body of a request with other values. */
function bodyWith(values: LeadContext['lead']['values'], options?: Partial<DevtekConfig>): unknown {
  return bodyOf({ values: { ...lead.values, ...values } }, options)
}

/** The section `main` of a body. */
function mainOf(body: unknown): ReadonlyMap<string, unknown> {
  return new Map(Object.entries(parse(object({ data: object({ main: looseObject({}) }) }), body).data.main))
}

describe('the request', () => {
  it('is exactly as documented', () => {
    const { method, url, headers, body } = devtek.operations.create.request(config, context)
    expect({ method, url, headers }).toEqual({
      method: 'POST',
      url: 'https://api.devtek.ru/new-lead/',
      headers: { 'content-type': 'application/json; charset=utf-8', accept: 'application/json' },
    })
    expect(JSON.parse(body ?? '')).toStrictEqual({
      id_webmaster: 123,
      token,
      data: {
        main: {
          last_name: 'ОВымыслова',
          first_name: 'Ынна',
          middle_name: 'Ёлковна',
          birthday: '05.09.1990',
          phone: '+79000000042',
          email: 'ynna@example.ru',
          kladr: '7200000100000',
          amount: 50_000,
          credit_history: 2,
          sopd_date: '22.11.2026 12:00:05',
          sopd_site: 'https://landing.example.ru/loan',
          sopd_general: 'https://example.ru/consent/2026-09-01.html',
          channel: 'vk',
          sub_id1: 'one',
          sub_id5: '5',
        },
        detailed: {
          passport_series: '0310',
          passport_number: '000050',
          passport_issued_date: '06.10.2015',
          passport_issued: 'Отделом 1 УФМС России по Тюменской области',
          passport_issued_code: '720-001',
        },
      },
    })
  })

  it('leaves out empty values', () => {
    const empty = { values: { phone: '+79000000042', email: '' }, consents: [], attribution: { channel: '' } }
    expect(bodyOf(empty)).toHaveProperty('data', { main: { phone: '+79000000042' } })
  })

  it.each([
    ['https://sandbox.example.ru', 'https://sandbox.example.ru/new-lead/'],
    ['https://sandbox.example.ru/', 'https://sandbox.example.ru/new-lead/'],
    ['http://127.0.0.1:8080/devtek//', 'http://127.0.0.1:8080/devtek/new-lead/'],
  ])('with the origin %s goes to %s, with a slash at its end', (baseUrl, url) => {
    expect(devtek.operations.create.request({ ...config, baseUrl }, context).url).toBe(url)
  })

  it('is the same for the same lead at any time and attempt', () => {
    const later = { ...context, now: new Date('2026-11-25T09:00:00Z'), attempt: 9, mayHaveArrived: true }
    const { request } = devtek.operations.create
    expect(request(config, later)).toEqual(request(config, context))
  })
})

describe('values', () => {
  // The document's parameters of "detailed" and "job" that the request above does not have, by name and type.
  it.each([
    ['detailed', 'registration_region', { registrationRegion: 'Примерская обл' }, 'Примерская обл'],
    ['detailed', 'registration_city', { registrationCity: 'Примерск' }, 'Примерск'],
    ['detailed', 'registration_index', { registrationIndex: '101000' }, '101000'],
    ['detailed', 'registration_street', { registrationStreet: 'ул Вымышленная' }, 'ул Вымышленная'],
    [
      'detailed',
      'registration_street_kladr',
      { registrationStreetKladr: '72000001000024100' },
      '72000001000024100',
    ],
    ['detailed', 'registration_city_kladr', { registrationCityKladr: '7200000100000' }, '7200000100000'],
    ['detailed', 'registration_region_kladr', { registrationRegionKladr: '7200000000000' }, '7200000000000'],
    ['detailed', 'registration_house', { registrationHouse: '12к2' }, '12к2'],
    [
      'detailed',
      'registration_house_kladr',
      { registrationHouseKladr: '7200000100002410001' },
      '7200000100002410001',
    ],
    ['detailed', 'registration_housing', { registrationHousing: '1' }, '1'],
    [
      'detailed',
      'registration_housing_kladr',
      { registrationHousingKladr: '7200000100002410001' },
      '7200000100002410001',
    ],
    ['detailed', 'registration_apartment', { registrationApartment: '7А' }, '7А'],
    ['detailed', 'deposit', { deposit: 8 }, 8],
    ['job', 'region', { jobRegion: 'Примерская обл' }, 'Примерская обл'],
    ['job', 'city', { jobCity: 'Примерск' }, 'Примерск'],
    ['job', 'street', { jobStreet: 'Вымышленная' }, 'Вымышленная'],
    ['job', 'house', { jobHouse: '1' }, '1'],
    ['job', 'housing', { jobHousing: '2' }, '2'],
    ['job', 'region_kladr', { jobRegionKladr: '7200000000000' }, '7200000000000'],
    ['job', 'city_kladr', { jobCityKladr: '7200000100000' }, '7200000100000'],
    ['job', 'street_kladr', { jobStreetKladr: '72000001000024100' }, '72000001000024100'],
    ['job', 'place', { jobPlace: 'ООО «Вымысел»' }, 'ООО «Вымысел»'],
    ['job', 'monthly_income', { jobIncome: 30_000 }, 30_000],
    ['job', 'experience', { jobExperienceMonths: 13 }, 13],
    ['job', 'phone', { jobPhone: '+79000000043' }, '+79000000043'],
    ['job', 'employment', { employment: 9 }, 9],
    ['job', 'position', { jobPosition: 'Администратор' }, 'Администратор'],
  ] as const)('%s.%s comes from %o as %j', (section, name, values, sent) => {
    expect(bodyWith(values)).toHaveProperty(['data', section, name], sent)
  })

  it('leave out a landline as work phone, and experience of less than a month', () => {
    expect(bodyWith({ jobPhone: '+74950000001', jobExperienceMonths: 0 })).not.toHaveProperty('data.job')
  })

  it('lose spaces at their ends, and apostrophes in names only', () => {
    expect(bodyWith({ lastName: "Д'Артаньян", passportIssuedBy: ' ОВД ' })).toMatchObject({
      data: { main: { last_name: 'ДАртаньян' }, detailed: { passport_issued: 'ОВД' } },
    })
  })

  it('are numbers only if they are integers', () => {
    for (const amount of [0.5, Number.NaN, 2 ** 60]) {
      expect(bodyWith({ amount })).not.toHaveProperty('data.main.amount')
    }
  })

  it('of attribution parameters are cut to 255 characters', () => {
    expect(bodyOf({ attribution: { subId1: 'x'.repeat(300) } })).toHaveProperty(
      'data.main.sub_id1',
      'x'.repeat(255),
    )
    const page = { ...lead.page, url: `https://landing.example.ru/${'x'.repeat(300)}` }
    expect(bodyOf({ page })).toHaveProperty('data.main.sopd_site', page.url.slice(0, 255))
  })

  it.each<[string | false | undefined, string | undefined]>([
    [undefined, 'Нет'],
    [false, undefined],
    ['', undefined],
    ['Нет', 'Нет'],
    ['-', '-'],
  ])('have the option noPatronymic %o for a missing patronymic as %o', (noPatronymic, sent) => {
    const without = { middleName: undefined, noMiddleName: true }
    const options = noPatronymic === undefined ? {} : { noPatronymic }
    expect(mainOf(bodyWith(without, options)).get('middle_name')).toBe(sent)
    expect(mainOf(bodyWith(without, options)).has('no_middle_name')).toBe(false)
    expect(bodyWith({}, options)).toHaveProperty('data.main.middle_name', 'Ёлковна')
  })
})

describe('the place', () => {
  const ids = { regionId: 'devtek:40', cityId: 'devtek:536' }

  it('is the KLADR code if it is known', () => {
    const body = bodyWith(ids)
    expect(body).toHaveProperty('data.main.kladr', '7200000100000')
    expect(body).not.toHaveProperty('data.main.registration_region')
    expect(body).not.toHaveProperty('data.main.registration_city')
  })

  it("is otherwise sent as the ids of Devtek's own lists", () => {
    const body = bodyWith({ ...ids, cityKladr: undefined })
    expect(body).toMatchObject({ data: { main: { registration_region: 40, registration_city: 536 } } })
    expect(body).not.toHaveProperty('data.main.kladr')
  })

  it('is sent as the typed names if neither is known, under the same keys', () => {
    const body = bodyWith({ cityKladr: undefined, region: 'Тюменская область', city: ' Тобольск ' })
    const main = { registration_region: 'Тюменская область', registration_city: 'Тобольск' }
    expect(body).toMatchObject({ data: { main } })
    expect(body).not.toHaveProperty('data.main.kladr')
  })

  it.each([
    [{ cityId: 'devtek:536' }, { registration_region: 'Московская область', registration_city: 536 }],
    [{ regionId: 'devtek:40' }, { registration_region: 40, registration_city: 'Одинцово' }],
    [{ regionId: 'kladr:5000000000000', cityId: 'kladr:5004200000000' }, { registration_city: 'Одинцово' }],
  ])('is sent as an id rather than a name: %o', (known, main) => {
    const names = { region: 'Московская область', city: 'Одинцово' }
    expect(bodyWith({ ...names, ...known, cityKladr: undefined })).toMatchObject({ data: { main } })
  })

  it.each(['lotinfo:536', '536', 'devtek:', 'devtek:5x', 'devtek:99999999999999999999'])(
    'is sent as its name rather than the id %s',
    (cityId) => {
      const body = bodyWith({ cityKladr: undefined, cityId })
      expect(body).toHaveProperty('data.main.registration_city', 'Тюмень')
    },
  )
})

describe('the consent', () => {
  const processing = { ...inventedLead.consents[0], id: 'processing' }
  const transfer: ConsentReceipt = {
    id: 'transfer',
    documentUrl: 'https://example.ru/transfer.html',
    version: '1',
    acceptedAt: '2026-11-22T12:00:00+03:00',
  }

  it('to processing is sent', () => {
    expect(processing.documentUrl).toBeDefined()
    const body = bodyOf({ consents: [transfer, ...inventedLead.consents] })
    expect(body).toHaveProperty('data.main.sopd_general', processing.documentUrl)
  })

  it('is not sent if it was not given', () => {
    for (const key of ['sopd_date', 'sopd_site', 'sopd_general', 'sopd_signed']) {
      expect(bodyOf({ consents: [transfer] })).not.toHaveProperty(`data.main.${key}`)
    }
  })

  it.each([
    ['2026-11-22T20:59:59.999Z', '22.11.2026 23:59:59'],
    ['2026-11-22T21:00:00Z', '23.11.2026 00:00:00'],
    ['2026-12-31T22:03:04Z', '01.01.2027 01:03:04'],
  ])('received at %s has the Moscow time %s', (instant, date) => {
    expect(bodyOf({ receivedAt: new Date(instant) })).toHaveProperty('data.main.sopd_date', date)
  })

  it.each(['?utm_source=vk', '#form', '?phone=1#form', '#form?x'])('has the page without %s', (tail) => {
    const page = { ...lead.page, url: `https://landing.example.ru/loan${tail}` }
    expect(bodyOf({ page })).toHaveProperty('data.main.sopd_site', 'https://landing.example.ru/loan')
  })
})

describe('options', () => {
  it.each([
    { idWebmaster: '123', token },
    { idWebmaster: 1.5, token },
    { idWebmaster: 123 },
    { idWebmaster: 123, token: '' },
    { idWebmaster: 123, token, baseUrl: '/devtek' },
    { idWebmaster: 123, token, noPatronymic: true },
    { idWebmaster: 0, token },
    { idWebmaster: 123, token: 'two\nlines' },
    { idWebmaster: 123, token, baseUrl: 'https://api.devtek.ru/new-lead/' },
    { idWebmaster: 123, token, baseUrl: 'https://api.devtek.ru/?a=1' },
    { idWebmaster: 123, token, signedConsentUrl: 'consent.pdf' },
    { provider: 'lotinfo', idWebmaster: 123, token },
    'token',
  ])('are refused: %o', (options) => {
    expect(safeParse(devtek.config, options).success).toBe(false)
  })

  it('lose the line end of a token, which a file of secrets has', () => {
    expect(parse(devtek.config, { idWebmaster: 123, token: `${token}\r\n` }).token).toBe(token)
  })

  it('have the documented address by default', () => {
    expect(config.baseUrl).toBe('https://api.devtek.ru')
  })
})
