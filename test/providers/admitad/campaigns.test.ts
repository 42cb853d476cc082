import { describe, expect, it } from 'vitest'
import { admitad } from '../../../src/providers/admitad/admitad.ts'
import { campaignProblems } from '../../../src/providers/admitad/campaign-problems.ts'
import { campaignQuestions } from '../../../src/providers/admitad/campaign-questions.ts'
import { optionsIn } from '../../../src/providers/admitad/options-in.ts'
import { uniteFields } from '../../../src/providers/admitad/unite-fields.ts'
import type { CampaignField } from '../../../src/providers/provider.ts'
import type { LeadValues } from '../../../src/lead/values.ts'
import { createPatternMatcher } from '../../../src/relay/python-pattern.ts'
import { campaigns, configWith, contextOf, fieldsOf, wish } from './support.ts'

const matches = createPatternMatcher()

it('several campaigns are united: required by one is required, and every pattern counts', () => {
  expect(
    uniteFields([
      wish('first_name', '^[а-я]+$', false),
      wish('email'),
      wish('first_name', '^.{2,}$', true, 'Имя'),
      wish('first_name', '^[а-я]+$', false, 'Другое'),
    ]),
  ).toEqual([
    { name: 'first_name', patterns: ['^[а-я]+$', '^.{2,}$'], required: true, description: 'Имя' },
    { name: 'email', patterns: [], required: true, description: '' },
  ])
})

describe('a value goes out as the campaigns want it', () => {
  const cyrillic = '^[А-Яа-я-]+$'
  it.each<[string, string, LeadValues, string]>([
    ['mobile_phone', '', {}, '+79000000042'],
    ['mobile_phone', String.raw`^\+79\d{9}$`, {}, '+79000000042'],
    ['mobile_phone', String.raw`^7\d{10}$`, {}, '79000000042'],
    ['mobile_phone', String.raw`^8\d{10}$`, {}, '89000000042'],
    ['mobile_phone', String.raw`^9\d{9}$`, {}, '9000000042'],
    ['mobile_phone', String.raw`^\d{11}$`, {}, '79000000042'],
    ['mobile_phone', String.raw`^(\+7|8)\d{10}$`, {}, '+79000000042'],
    ['phone', String.raw`^\d{10}$`, {}, '4950000001'],
    ['work_phone', String.raw`\A8\d{10}\Z`, {}, '89000000043'],
    ['guarantor_phone', '^7', {}, '79000000044'],
    ['passport_cn', String.raw`^\d{10}$`, {}, '0315000050'],
    ['passport_cn', String.raw`^\d{4} \d{6}$`, {}, '0315 000050'],
    ['first_name', cyrillic, { firstName: 'Алёна' }, 'Алена'],
    ['first_name', '^[А-Яа-яЁё]+$', { firstName: 'Алёна' }, 'Алёна'],
    ['first_name', '^[a-zA-Z]+$', { firstName: 'Юлия' }, 'Iuliia'],
    ['last_name', '^[a-zA-Z-]+$', { lastName: 'Салтыков-Щедрин' }, 'Saltykov-Shchedrin'],
    ['middle_name', '^[a-zA-Z]+$', { middleName: 'Объёмьевна' }, 'Obieemevna'],
    ['reg_city_name', cyrillic, { registrationCity: 'Орёл' }, 'Орел'],
    ['credit_sum', String.raw`^\d+$`, {}, '50000'],
    ['work_salary', String.raw`^\d+\.\d\d$`, {}, '45000.00'],
    // None of the ways fits: as it is.
    ['mobile_phone', '^0', {}, '+79000000042'],
    ['email', '^[A-Z]+$', {}, 'ynna@example.ru'],
  ])('%s for %s', (path, pattern, values, expected) => {
    const context = contextOf(values, campaigns(wish(path, pattern)))
    expect(fieldsOf(configWith(), context).get(path)).toBe(expected)
  })

  it('to all of them at once, where one way of writing suits all', () => {
    const both = campaigns(wish('mobile_phone', String.raw`^\+?7\d{10}$`), wish('mobile_phone', '^[78]'))
    expect(fieldsOf(configWith(), contextOf({}, both)).get('mobile_phone')).toBe('79000000042')
    const contrary = campaigns(wish('mobile_phone', '^8'), wish('mobile_phone', '^9'))
    expect(fieldsOf(configWith(), contextOf({}, contrary)).get('mobile_phone')).toBe('+79000000042')
  })

  it.each(['(', '(?=x)x', '(a{1000}){1000}'])('undisturbed by a pattern that is broken: %s', (pattern) => {
    const context = contextOf({}, campaigns(wish('mobile_phone', pattern), wish('mobile_phone', '^8')))
    expect(fieldsOf(configWith(), context).get('mobile_phone')).toBe('89000000042')
    expect(admitad.check?.(configWith(), context)).toEqual([])
  })

  it('as it is where nobody can run patterns', () => {
    const context = contextOf({}, { campaignSettings: [wish('mobile_phone', '^8')] })
    expect(fieldsOf(configWith(), context).get('mobile_phone')).toBe('+79000000042')
    expect(admitad.check?.(configWith(), context)).toEqual([])
  })

  it('under the name that only the campaign knows, and no other', () => {
    const values = { 'custom.loan_reason': ' ремонт ', 'custom.f_7': 'другое', 'custom.user_notified': '1' }
    const sent = fieldsOf(
      configWith(),
      contextOf(values, campaigns(wish('loan_reason'), wish('user_notified'))),
    )
    expect(sent.get('loan_reason')).toBe('ремонт')
    expect(sent.has('f_7')).toBe(false)
    expect(sent.getAll('user_notified')).toEqual(['1'])
    expect(fieldsOf(configWith(), contextOf(values)).has('loan_reason')).toBe(false)
  })
})

describe('a value that suits a campaign in no way of writing', () => {
  const issues = (values: LeadValues, ...fields: readonly CampaignField[]) =>
    admitad.check?.(configWith(), contextOf(values, campaigns(...fields)))
  const remark = (field: string) => [{ field, code: 'campaign-format' }]

  it.each<[string, CampaignField, string]>([
    ['a name', wish('first_name', '^[a-z]$'), 'firstName'],
    ['a phone', wish('mobile_phone', '^0'), 'phone'],
    ['a passport', wish('passport_cn', '^1'), 'passportSeries'],
    ['a term', wish('credit_days', '^7$'), 'termDays'],
    ['a field of the campaign', wish('loan_reason', '^[a-z]+$'), 'custom.loan_reason'],
  ])('is remarked at its field: %s', (_, field, name) => {
    expect(issues({ 'custom.loan_reason': 'ремонт' }, field)).toEqual(remark(name))
  })

  it('is remarked once, whatever number of campaigns object', () => {
    expect(issues({}, wish('first_name', '^1'), wish('first_name', '^2'))).toEqual(remark('firstName'))
  })

  it('is not remarked where the person could do nothing about it', () => {
    const fields = ['gender', 'occupation', 'overdue_loans', 'subid', 'personal_data_agent', 'campaigns']
    expect(issues({}, ...fields.map((name) => wish(name, '^never$')))).toEqual([])
  })

  it('is not remarked where there is none', () => {
    expect(issues({ firstName: undefined }, wish('first_name', '^[a-z]$'))).toEqual([])
  })
})

describe('what a form has to ask for', () => {
  const asked = new Set(['lastName', 'firstName', 'phone', 'passportSeries', 'passportNumber', 'birthDate'])
  const questions = (fields: readonly CampaignField[], config = configWith(), known = asked) =>
    campaignQuestions(fields, config, known, matches)

  it.each<[string, CampaignField, object]>([
    ['a field that is asked already', wish('first_name'), { name: 'firstName', asked: true }],
    ['one that is typed with others', wish('passport_cn'), { name: 'passport', asked: true }],
    ['one that is missing', wish('email'), { name: 'email', asked: false }],
    ['a part of an address', wish('reg_street'), { name: 'registration', asked: false }],
    ['a part of the residence', wish('fact_flat'), { name: 'residence', asked: false }],
    ['a part of the work place', wish('work_city_name'), { name: 'jobLocation', asked: false }],
    ['the address of work', wish('work_address'), { name: 'jobAddress', asked: false }],
    [
      'the end of the passport',
      wish('passport_expiration_date'),
      { name: 'passportIssuedDate', asked: false },
    ],
    [
      "the campaign's own",
      wish('loan_reason', '', true, 'Одним словом'),
      {
        name: 'custom.loan_reason',
        asked: false,
        hint: 'Одним словом',
      },
    ],
    [
      "the campaign's own list",
      wish('card', '', true, '1 - обычная, 2 - золотая'),
      {
        name: 'custom.card',
        asked: false,
        options: [
          { value: '1', label: 'обычная' },
          { value: '2', label: 'золотая' },
        ],
      },
    ],
    [
      'a field of ours with a list of the campaign, as far as its pattern takes it',
      wish('product_type', '^[1,3,7]{1}$', true, '1-credit; 3-card; 7-gold-card; 8-platinum-card'),
      {
        name: 'productType',
        asked: false,
        options: [
          { value: '1', label: 'credit' },
          { value: '3', label: 'card' },
          { value: '7', label: 'gold-card' },
        ],
      },
    ],
    [
      'a field of ours that takes none of the words of a list',
      wish('credit_sum', '', true, '5000 - мало, 9000 - много'),
      { name: 'amount', asked: false, hint: '5000 - мало, 9000 - много' },
    ],
    [
      'a list of ours',
      wish('occupation', '', true, '1-employee; 2-owner'),
      { name: 'employment', asked: false },
    ],
  ])('%s', (_, field, expected) => {
    expect(questions([field])).toEqual([expected])
  })

  it('once each, and only what is required', () => {
    const fields = [wish('reg_street'), wish('reg_house'), wish('email', '', false), wish('loan', '', false)]
    expect(questions(fields)).toEqual([{ name: 'registration', asked: false }])
  })

  it('by its parts, where a form asks for parts', () => {
    const known = new Set([...asked, 'registrationCity'])
    expect(questions([wish('reg_city_name'), wish('reg_street')], configWith(), known)).toEqual([
      { name: 'registrationCity', asked: true },
      { name: 'registrationStreet', asked: false },
    ])
    expect(questions([wish('work_address')], configWith(), new Set(['jobCity', 'jobStreet']))).toEqual([
      { name: 'jobCity', asked: true },
    ])
  })

  it('by the rules of fields', () => {
    const config = configWith({ fields: { email: 'emailSecond', inn: { value: '999900000160' } } })
    expect(questions([wish('email'), wish('inn')], config)).toEqual([{ name: 'emailSecond', asked: false }])
  })

  it('and nothing that an option or a mark supplies', () => {
    expect(questions([wish('personal_data_agent'), wish('subid'), wish('user_notified')])).toEqual([])
  })
})

it.each<[string, readonly (readonly [string, string])[] | undefined]>([
  [
    '1-credit; 3-card; 7-gold-card',
    [
      ['1', 'credit'],
      ['3', 'card'],
      ['7', 'gold-card'],
    ],
  ],
  [
    'm — мужской; f — женский;',
    [
      ['m', 'мужской'],
      ['f', 'женский'],
    ],
  ],
  [
    '1: да, 2: нет',
    [
      ['1', 'да'],
      ['2', 'нет'],
    ],
  ],
  [
    '1=да\n2=нет',
    [
      ['1', 'да'],
      ['2', 'нет'],
    ],
  ],
  ['', undefined],
  ['1-credit', undefined],
  ['На что пойдут деньги', undefined],
  ['Имя - как в паспорте; фамилия - тоже', undefined],
  ['1-credit; потом остальное', undefined],
  ['1-credit; 1-card', undefined],
  ['формат +7-900-000-00-00, без пробелов', undefined],
])('the description "%s" lists %j', (description, expected) => {
  expect(optionsIn(description)?.map(({ value, label }) => [value, label])).toEqual(expected)
})

describe('what the operator has to mend', () => {
  const problems = (fields: readonly CampaignField[], changed: object = {}) =>
    campaignProblems(fields, configWith(changed), matches)

  it('is a pattern that cannot be used', () => {
    expect(problems([wish('email', '('), wish('email', '^a')])).toEqual([
      "email: the campaign's pattern cannot be used, so values are sent unchecked",
    ])
  })

  it('is a choice that the campaign calls otherwise, until the map says how', () => {
    const field = wish('gender', '^[mf]$')
    expect(problems([field])).toEqual([
      'gender: a campaign calls female, male otherwise; tell how in valueMaps.gender',
    ])
    expect(problems([field], { valueMaps: { gender: { male: 'm' } } })).toEqual([
      'gender: a campaign calls female otherwise; tell how in valueMaps.gender',
    ])
    expect(problems([field], { valueMaps: { gender: { male: 'm', female: 'f' } } })).toEqual([])
    expect(problems([wish('occupation', '^[1-9]$')])).toHaveLength(1)
  })

  it('is a parameter that neither a form nor an option supplies', () => {
    const told = ['subid4: a campaign requires it, and only "fields" can supply it']
    expect(problems([wish('subid4')])).toEqual(told)
    expect(problems([wish('subid4')], { fields: { subid4: { value: 'x' } } })).toEqual([])
    expect(problems([wish('subid4', '', false), wish('personal_data_agent'), wish('first_name')])).toEqual([])
    expect(problems([wish('application_received_date_by_client')], { receivedDate: false })).toHaveLength(1)
  })
})
