import { describe, expect, it } from 'vitest'
import { admitad } from '../../../src/providers/admitad/index.ts'
import { checkLengths } from '../../../src/providers/core/write-parameters.ts'
import { day } from '../../lead/day.ts'
import {
  withCampaignFields,
  configWith,
  createContext,
  contextWith,
  sentFields,
  campaignField,
} from './support.ts'
import { fullLead } from '../../contracts/support/full-lead.ts'

const processing = fullLead.consents.filter(({ id }) => id === 'processing')

describe('a request', () => {
  it.each([
    ['create', {}, 'create/'],
    ['sync', { mode: 'sync', campaigns: undefined, campaignId: 65 }, 'sync_create/'],
  ])('of %s is a form, posted with the token', (_, overrides, path) => {
    const context = contextWith({}, { accessToken: 'issued' })
    expect(admitad.operations.create.request(configWith(overrides), context)).toMatchObject({
      method: 'POST',
      url: `https://api.admitad.com/website/7/broker/applications/${path}`,
      headers: {
        authorization: 'Bearer issued',
        'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
      },
    })
    const withConfiguredToken = admitad.operations.create.request(configWith(overrides), contextWith())
    expect(withConfiguredToken.headers).toMatchObject({ authorization: 'Bearer invented-access-token' })
  })

  it('leaves out parameters without a value', () => {
    const fields = sentFields(configWith(), contextWith({ values: {}, attribution: {} }))
    expect([...fields.keys()].toSorted()).toEqual([
      'application_received_date_by_client',
      'campaigns',
      'personal_data_agent',
      'user_notified',
    ])
  })
})

describe('the consent to the transfer', () => {
  it('is required: without it nothing is sent', () => {
    const context = contextWith({ consents: processing })
    expect(admitad.precondition?.(configWith(), context)).toEqual({
      outcome: 'declined',
      reason: 'nothing was sent: no consent "transfer"',
    })
    expect(admitad.precondition?.(configWith(), contextWith())).toBeUndefined()
    expect(admitad.requiredConsents?.(configWith())).toEqual(['transfer'])
  })

  it('can be another consent whose text names the recipients', () => {
    const config = configWith({ consent: 'processing' })
    const context = contextWith({ consents: processing })
    expect(admitad.precondition?.(config, context)).toBeUndefined()
    expect(sentFields(config, context).get('user_notified')).toBe('1')
  })

  it('cannot be changed by a rule', () => {
    const config = configWith({ fields: { user_notified: { value: 1 } } })
    expect(sentFields(config, contextWith({ consents: processing })).get('user_notified')).toBe('0')
    expect(sentFields(config, contextWith()).get('user_notified')).toBe('1')
  })
})

describe('a value', () => {
  const long =
    'ГЛАВНЫМ УПРАВЛЕНИЕМ МИНИСТЕРСТВА ВНУТРЕННИХ ДЕЛ РОССИИ ПО ВЫМЫШЛЕННОЙ ОБЛАСТИ В РЕСПУБЛИКЕ ПРИМЕР И ОКРЕСТНОСТЯХ'
  it.each([
    [
      'an issuer that fits',
      'passport_title',
      { passportIssuedBy: 'ОВД города Вымышленска' },
      'ОВД города Вымышленска',
    ],
    [
      'an issuer, with as few abbreviations as needed',
      'passport_title',
      { passportIssuedBy: long },
      'ГЛАВНЫМ УПРАВЛЕНИЕМ МВД РОССИИ ПО ВЫМЫШЛЕННОЙ ОБЛАСТИ В РЕСПУБЛИКЕ ПРИМЕР И ОКРЕСТНОСТЯХ',
    ],
    [
      'an issuer, with all abbreviations',
      'passport_title',
      { passportIssuedBy: `Отделением управления ${'очень '.repeat(11)}города в области по району России` },
      `отд. упр. ${'очень '.repeat(11)}города в обл. по р-н РФ`,
    ],
    [
      'an issuer, cut at the end of a word',
      'passport_title',
      { passportIssuedBy: 'Вымышленным отделом '.repeat(8) },
      'Вымышленным отделом Вымышленным отделом Вымышленным отделом Вымышленным отделом Вымышленным отделом',
    ],
    [
      'a street',
      'reg_street',
      { registrationStreet: 'улица Пятидесятилетия Вымышленной Победы над Скукой' },
      'ул. Пятидесятилетия Вымышленной Победы над Скукой',
    ],
    ['a house', 'reg_house', { registrationHouse: '12 корпус 2' }, '12 корп. 2'],
    ['a street of one word', 'work_street', { jobStreet: 'Ю'.repeat(60) }, 'Ю'.repeat(50)],
  ])('is shortened if it is too long: %s', (_, path, values, expected) => {
    expect(sentFields(configWith(), createContext(values)).get(path)).toBe(expected)
  })

  it.each([
    [
      'reg_city_name',
      { registrationCity: 'городской округ Верхние Примеры и Нижние Примеры-на-Реке' },
      'г.о. ',
    ],
    [
      'fact_region_name',
      { residenceRegion: `Республика ${'Пример '.repeat(5)}область`, residenceSame: false },
      'Респ. ',
    ],
    ['work_city_name', { jobCity: `город ${'Пример-на-Примере '.repeat(2)}и Примеры-2` }, 'г. '],
  ])('of a place has the words for its type abbreviated: %s', (path, values, start) => {
    const config = configWith()
    const sent = sentFields(config, createContext(values)).get(path) ?? ''
    expect(sent.toLowerCase().startsWith(start.toLowerCase())).toBe(true)
    expect(sent.length).toBeLessThanOrEqual(50)
    expect(checkLengths(admitad.parameters(config), config, createContext(values))).toEqual([])
  })

  it('of a place that is still too long is left out, unless a campaign requires it', () => {
    const context = createContext({ registrationCity: 'Верхние Примеры '.repeat(4).trim() })
    const required = { name: 'reg_city_name', required: true, pattern: '', description: '' }
    expect(sentFields(configWith(), context).has('reg_city_name')).toBe(false)
    expect(
      sentFields(configWith(), { ...context, campaignSettings: [required] }).get('reg_city_name'),
    ).toHaveLength(50)
  })

  it.each([
    ['email', { email: `${'e'.repeat(64)}@example-mail.ru` }, 75],
    ['jobPlace', { jobPlace: 'Ю'.repeat(101) }, 100],
    ['registrationApartment', { registrationApartment: '1'.repeat(11) }, 10],
  ])('that must not be shortened is an issue if it is too long: %s', (field, values, limit) => {
    const config = configWith()
    expect(checkLengths(admitad.parameters(config), config, createContext(values))).toEqual([
      { field, code: 'text-length', limit },
    ])
  })

  it('of money has 12 digits, two of them kopecks', () => {
    const config = configWith()
    const issues = (amount: number) =>
      checkLengths(admitad.parameters(config), config, createContext({ amount }))
    expect(issues(9_999_999_999)).toEqual([])
    expect(issues(10_000_000_000)).toEqual([{ field: 'amount', code: 'text-length', limit: 12 }])
  })

  it.each([
    ['subid', 'channel', 50],
    ['subid1', 'subId1', 50],
    ['subid2', 'subId2', 50],
    ['subid3', 'subId3', 50],
    ['subid4', 'subId4', 120],
  ])('of %s comes from %s, with at most %i characters and without "%%00"', (path, name, max) => {
    const sent = (value: string) =>
      sentFields(configWith(), contextWith({ attribution: { [name]: value } })).get(path)
    expect(sent('a%00b\u0000c%0%000d')).toBe('abcd')
    expect(sent('й'.repeat(121))).toBe('й'.repeat(max))
    expect(sent('%00')).toBeNull()
    expect(sent(`${'a'.repeat(max - 3)}%0%000b`)).toBe(`${'a'.repeat(max - 3)}b`)
  })

  it('of the work address is composed of its parts', () => {
    const sent = sentFields(configWith(), createContext({ jobAddress: undefined }))
    expect(sent.get('work_address')).toBe('Работнинск, ул Рабочая, 9, корп. 8В')
  })

  it('of the residence is the registration if they are the same', () => {
    const residence = Object.fromEntries(
      Object.keys(fullLead.values)
        .filter((name) => name.startsWith('residence'))
        .map((name) => [name, undefined]),
    )
    const context = createContext({
      ...residence,
      residenceSame: true,
      registrationApartment: '1'.repeat(11),
    })
    expect(sentFields(configWith(), context).get('fact_flat')).toBe('1'.repeat(10))
    const issues = checkLengths(admitad.parameters(configWith()), configWith(), context)
    expect(new Set(issues.map(({ field }) => field))).toEqual(new Set(['registrationApartment']))
  })

  it.each([
    ['gender', 'female'],
    ['occupation', 'постоянная работа по найму'],
    ['overdue_loans', 'без просрочек'],
    ['product_type', 'до зарплаты'],
  ])('that depends on the campaign is sent in words by default: %s', (path, words) => {
    expect(sentFields(configWith(), createContext({})).get(path)).toBe(words)
  })

  it('is mapped by valueMaps, with defaults for the rest', () => {
    const valueMaps = {
      gender: { female: 2 },
      occupation: { 4: 'employee' },
      reg_region_name: { 'Вымышленская область': '72', toString: 'x' },
    }
    const sent = sentFields(configWith({ valueMaps }), createContext({ creditHistory: 1 }))
    expect([sent.get('gender'), sent.get('occupation'), sent.get('reg_region_name')]).toEqual([
      '2',
      'employee',
      '72',
    ])
    expect(sent.get('overdue_loans')).toBe('кредитов не было')
  })
})

describe('the date of receipt', () => {
  const at = (acceptedAt: string) => fullLead.consents.map((consent) => ({ ...consent, acceptedAt }))
  it.each([
    ['the day of the consent in Moscow', {}, '2026-11-22T21:30:00Z', '23.11.2026'],
    [
      'the day of the consent in Moscow, from another time zone',
      { receivedDate: true },
      '2026-11-22T23:30:00+10:00',
      '22.11.2026',
    ],
    ['the day of receipt', { receivedDate: 'receipt' }, '2026-11-20T12:00:00Z', '22.11.2026'],
    ['not sent', { receivedDate: false }, '2026-11-22T12:00:00Z', null],
    ['not sent if the time is invalid', {}, 'yesterday', null],
    ['not sent if the year has more than four digits', {}, '+270000-01-01T00:00:00Z', null],
  ])('is %s', (_, overrides, acceptedAt, expected) => {
    const sent = sentFields(configWith(overrides), contextWith({ consents: at(acceptedAt) }))
    expect(sent.get('application_received_date_by_client')).toBe(expected)
  })
})

describe('the source of the traffic', () => {
  it("is the page's host by default", () => {
    expect(sentFields(configWith(), contextWith()).get('personal_data_agent')).toBe('landing.example.ru')
    const config = configWith({ personalDataAgent: 'ООО «Пример»' })
    expect(sentFields(config, contextWith()).get('personal_data_agent')).toBe('ООО «Пример»')
    const odd = contextWith({ page: { ...fullLead.page, url: 'about:blank' } })
    expect(sentFields(configWith(), odd).get('personal_data_agent')).toBeNull()
  })
})

describe('the expiration date of a passport', () => {
  const requiring = withCampaignFields(campaignField('passport_expiration_date'))
  const sent = (birth: string, issued: string, call = requiring) =>
    sentFields(
      configWith(),
      createContext(
        { passportExpirationDate: undefined, birthDate: day(birth), passportIssuedDate: day(issued) },
        call,
      ),
    ).get('passport_expiration_date')

  it.each([
    ['05.09.1990', '06.10.2015', '04.12.2035'],
    ['05.09.2008', '06.10.2022', '04.12.2028'],
    ['05.09.1990', '05.09.2010', '04.12.2035'],
    ['05.09.1970', '06.10.2015', null],
    ['29.02.1980', '01.03.2000', '30.05.2025'],
  ])('of a person born %s, issued %s, is %s', (birth, issued, expected) => {
    expect(sent(birth, issued)).toBe(expected)
  })

  it('is computed only if a campaign requires it', () => {
    expect(sent('05.09.1990', '06.10.2015', {})).toBeNull()
    const optional = withCampaignFields(campaignField('passport_expiration_date', '', false))
    expect(sent('05.09.1990', '06.10.2015', optional)).toBeNull()
  })

  it('is the one that the person entered, if the form asks for it', () => {
    expect(sentFields(configWith(), createContext({})).get('passport_expiration_date')).toBe('04.12.2035')
  })
})
