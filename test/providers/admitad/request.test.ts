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
  ])('of %s is a form, posted with the token', (_, changed, path) => {
    const context = contextWith({}, { accessToken: 'bought' })
    expect(admitad.operations.create.request(configWith(changed), context)).toMatchObject({
      method: 'POST',
      url: `https://api.admitad.com/website/7/broker/applications/${path}`,
      headers: {
        authorization: 'Bearer bought',
        'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
      },
    })
    const own = admitad.operations.create.request(configWith(changed), contextWith())
    expect(own.headers).toMatchObject({ authorization: 'Bearer invented-access-token' })
  })

  it('sends nothing for what has no value', () => {
    const fields = sentFields(configWith(), contextWith({ values: {}, attribution: {} }))
    expect([...fields.keys()].toSorted()).toEqual([
      'application_received_date_by_client',
      'campaigns',
      'personal_data_agent',
      'user_notified',
    ])
  })
})

describe('the consent to who gets the data', () => {
  it('must be given, or nothing goes out', () => {
    const context = contextWith({ consents: processing })
    expect(admitad.precondition?.(configWith(), context)).toEqual({
      outcome: 'declined',
      reason: 'nothing was sent: no consent "transfer"',
    })
    expect(admitad.precondition?.(configWith(), contextWith())).toBeUndefined()
    expect(admitad.requiredConsents?.(configWith())).toEqual(['transfer'])
  })

  it('may be another one, whose text names the recipients', () => {
    const config = configWith({ consent: 'processing' })
    const context = contextWith({ consents: processing })
    expect(admitad.precondition?.(config, context)).toBeUndefined()
    expect(sentFields(config, context).get('user_notified')).toBe('1')
  })

  it('is told as it is, whatever a rule says', () => {
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
      'an issuer, by as many abbreviations as are needed',
      'passport_title',
      { passportIssuedBy: long },
      'ГЛАВНЫМ УПРАВЛЕНИЕМ МВД РОССИИ ПО ВЫМЫШЛЕННОЙ ОБЛАСТИ В РЕСПУБЛИКЕ ПРИМЕР И ОКРЕСТНОСТЯХ',
    ],
    [
      'an issuer, by all of them',
      'passport_title',
      { passportIssuedBy: `Отделением управления ${'очень '.repeat(11)}города в области по району России` },
      `отд. упр. ${'очень '.repeat(11)}города в обл. по р-н РФ`,
    ],
    [
      'an issuer, cut at a word',
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
  ])('too long is shortened: %s', (_, path, values, expected) => {
    expect(sentFields(configWith(), createContext(values)).get(path)).toBe(expected)
  })

  it.each([
    ['email', { email: `${'e'.repeat(64)}@example-mail.ru` }, 75],
    ['jobPlace', { jobPlace: 'Ю'.repeat(101) }, 100],
    ['registrationCity', { registrationCity: 'Ю'.repeat(51) }, 50],
    ['registrationApartment', { registrationApartment: '1'.repeat(11) }, 10],
  ])('too long that is not shortened is an error of its field: %s', (field, values, limit) => {
    const config = configWith()
    expect(checkLengths(admitad.parameters(config), config, createContext(values))).toEqual([
      { field, code: 'text-length', limit },
    ])
  })

  it('of money has twelve digits, two of them kopecks', () => {
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
  ])('of the mark %s comes from %s: %i characters, and never "%%00"', (path, mark, max) => {
    const sent = (value: string) =>
      sentFields(configWith(), contextWith({ attribution: { [mark]: value } })).get(path)
    expect(sent('a%00b\u0000c%0%000d')).toBe('abcd')
    expect(sent('й'.repeat(121))).toBe('й'.repeat(max))
    expect(sent('%00')).toBeNull()
    expect(sent(`${'a'.repeat(max - 3)}%0%000b`)).toBe(`${'a'.repeat(max - 3)}b`)
  })

  it('of the work address is put together where it was given in parts', () => {
    const sent = sentFields(configWith(), createContext({ jobAddress: undefined }))
    expect(sent.get('work_address')).toBe('Работнинск, ул Рабочая, 9, корп. 8В')
  })

  it('of the residence is the registration where that is the same', () => {
    const residence = Object.fromEntries(
      Object.keys(fullLead.values)
        .filter((name) => name.startsWith('residence'))
        .map((name) => [name, undefined]),
    )
    const context = createContext({ ...residence, residenceSame: true, registrationCity: 'Ю'.repeat(51) })
    expect(sentFields(configWith(), context).get('fact_flat')).toBe('145')
    const issues = checkLengths(admitad.parameters(configWith()), configWith(), context)
    expect(new Set(issues.map(({ field }) => field))).toEqual(new Set(['registrationCity']))
  })

  it.each([
    ['gender', 'female'],
    ['occupation', 'постоянная работа по найму'],
    ['overdue_loans', 'без просрочек'],
    ['product_type', 'до зарплаты'],
  ])('that a campaign would number is told in words: %s', (path, words) => {
    expect(sentFields(configWith(), createContext({})).get(path)).toBe(words)
  })

  it('is called what the map of values calls it, and otherwise what it is', () => {
    const valueMaps = {
      gender: { female: 2 },
      occupation: { 4: 'employee', toString: 'x' },
      reg_region_name: { 'Вымышленская область': '72' },
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

describe('the day of receipt', () => {
  const at = (acceptedAt: string) => fullLead.consents.map((consent) => ({ ...consent, acceptedAt }))
  it.each([
    ['the day of the consent in Moscow', {}, '2026-11-22T21:30:00Z', '23.11.2026'],
    ['of the consent, by any clock', { receivedDate: true }, '2026-11-22T23:30:00+10:00', '22.11.2026'],
    ['the day of receipt', { receivedDate: 'receipt' }, '2026-11-20T12:00:00Z', '22.11.2026'],
    ['not sent', { receivedDate: false }, '2026-11-22T12:00:00Z', null],
    ['not sent where the clock made no sense', {}, 'yesterday', null],
    ['not sent where the clock was mad', {}, '+270000-01-01T00:00:00Z', null],
  ])('is %s', (_, changed, acceptedAt, expected) => {
    const sent = sentFields(configWith(changed), contextWith({ consents: at(acceptedAt) }))
    expect(sent.get('application_received_date_by_client')).toBe(expected)
  })
})

describe('the source of the traffic', () => {
  it("is the page's site unless the operator says otherwise", () => {
    expect(sentFields(configWith(), contextWith()).get('personal_data_agent')).toBe('landing.example.ru')
    const config = configWith({ personalDataAgent: 'ООО «Пример»' })
    expect(sentFields(config, contextWith()).get('personal_data_agent')).toBe('ООО «Пример»')
    const odd = contextWith({ page: { ...fullLead.page, url: 'about:blank' } })
    expect(sentFields(configWith(), odd).get('personal_data_agent')).toBeNull()
  })
})

describe('the end of a passport, which none has', () => {
  const insisting = withCampaignFields(campaignField('passport_expiration_date'))
  const sent = (birth: string, issued: string, call = insisting) =>
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

  it('is made up for no campaign that does not insist on it', () => {
    expect(sent('05.09.1990', '06.10.2015', {})).toBeNull()
    const optional = withCampaignFields(campaignField('passport_expiration_date', '', false))
    expect(sent('05.09.1990', '06.10.2015', optional)).toBeNull()
  })

  it('is what the person said, if they were asked', () => {
    expect(sentFields(configWith(), createContext({})).get('passport_expiration_date')).toBe('04.12.2035')
  })
})
