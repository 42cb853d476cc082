import { describe, expect, it } from 'vitest'
import { admitad } from '../../../src/providers/admitad/index.ts'
import { campaignProblems } from '../../../src/providers/admitad/campaigns/campaign-problems.ts'
import {
  campaignQuestions,
  parseCampaignOptions,
} from '../../../src/providers/admitad/campaigns/campaign-questions.ts'
import { mergeCampaignFields } from '../../../src/providers/admitad/campaigns/merge-fields.ts'
import type { CampaignField } from '../../../src/providers/core/context.ts'
import type { LeadValues } from '../../../src/lead/values.ts'
import { createPatternMatcher } from '../../../src/relay/campaigns/python-regex.ts'
import { withCampaignFields, configWith, createContext, sentFields, campaignField } from './support.ts'

const matches = createPatternMatcher()

it('several campaigns are united: required by one is required, and every pattern counts', () => {
  expect(
    mergeCampaignFields([
      campaignField('first_name', '^[а-я]+$', false),
      campaignField('email'),
      campaignField('first_name', '^.{2,}$', true, 'Имя'),
      campaignField('first_name', '^[а-я]+$', false, 'Другое'),
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
    const context = createContext(values, withCampaignFields(campaignField(path, pattern)))
    expect(sentFields(configWith(), context).get(path)).toBe(expected)
  })

  it('to all of them at once, where one way of writing suits all', () => {
    const both = withCampaignFields(
      campaignField('mobile_phone', String.raw`^\+?7\d{10}$`),
      campaignField('mobile_phone', '^[78]'),
    )
    expect(sentFields(configWith(), createContext({}, both)).get('mobile_phone')).toBe('79000000042')
    const contrary = withCampaignFields(
      campaignField('mobile_phone', '^8'),
      campaignField('mobile_phone', '^9'),
    )
    expect(sentFields(configWith(), createContext({}, contrary)).get('mobile_phone')).toBe('+79000000042')
  })

  it.each(['(', '(?=x)x', '(a{1000}){1000}'])('undisturbed by a pattern that is broken: %s', (pattern) => {
    const context = createContext(
      {},
      withCampaignFields(campaignField('mobile_phone', pattern), campaignField('mobile_phone', '^8')),
    )
    expect(sentFields(configWith(), context).get('mobile_phone')).toBe('89000000042')
    expect(admitad.check?.(configWith(), context)).toEqual([])
  })

  it('as it is where nobody can run patterns', () => {
    const context = createContext({}, { campaignSettings: [campaignField('mobile_phone', '^8')] })
    expect(sentFields(configWith(), context).get('mobile_phone')).toBe('+79000000042')
    expect(admitad.check?.(configWith(), context)).toEqual([])
  })

  it('under the name that only the campaign knows, and no other', () => {
    const values = { 'custom.loan_reason': ' ремонт ', 'custom.f_7': 'другое', 'custom.user_notified': '1' }
    const sent = sentFields(
      configWith(),
      createContext(values, withCampaignFields(campaignField('loan_reason'), campaignField('user_notified'))),
    )
    expect(sent.get('loan_reason')).toBe('ремонт')
    expect(sent.has('f_7')).toBe(false)
    expect(sent.getAll('user_notified')).toEqual(['1'])
    expect(sentFields(configWith(), createContext(values)).has('loan_reason')).toBe(false)
  })
})

describe('a value that suits a campaign in no way of writing', () => {
  const issues = (values: LeadValues, ...fields: readonly CampaignField[]) =>
    admitad.check?.(configWith(), createContext(values, withCampaignFields(...fields)))
  const remark = (field: string) => [{ field, code: 'campaign-format' }]

  it.each<[string, CampaignField, string]>([
    ['a name', campaignField('first_name', '^[a-z]$'), 'firstName'],
    ['a phone', campaignField('mobile_phone', '^0'), 'phone'],
    ['a passport', campaignField('passport_cn', '^1'), 'passportSeries'],
    ['a term', campaignField('credit_days', '^7$'), 'termDays'],
    ['a field of the campaign', campaignField('loan_reason', '^[a-z]+$'), 'custom.loan_reason'],
  ])('is remarked at its field: %s', (_, field, name) => {
    expect(issues({ 'custom.loan_reason': 'ремонт' }, field)).toEqual(remark(name))
  })

  it('is remarked once, whatever number of campaigns object', () => {
    expect(issues({}, campaignField('first_name', '^1'), campaignField('first_name', '^2'))).toEqual(
      remark('firstName'),
    )
  })

  it('is not remarked where the person could do nothing about it', () => {
    const fields = ['gender', 'occupation', 'overdue_loans', 'subid', 'personal_data_agent', 'campaigns']
    expect(issues({}, ...fields.map((name) => campaignField(name, '^never$')))).toEqual([])
  })

  it('is not remarked where there is none', () => {
    expect(issues({ firstName: undefined }, campaignField('first_name', '^[a-z]$'))).toEqual([])
  })
})

describe('what a form has to ask for', () => {
  const asked = new Set(['lastName', 'firstName', 'phone', 'passportSeries', 'passportNumber', 'birthDate'])
  const questions = (fields: readonly CampaignField[], config = configWith(), known = asked) =>
    campaignQuestions(fields, config, known, matches)

  it.each<[string, CampaignField, object]>([
    ['a field that is asked already', campaignField('first_name'), { name: 'firstName', alreadyAsked: true }],
    ['one that is typed with others', campaignField('passport_cn'), { name: 'passport', alreadyAsked: true }],
    ['one that is missing', campaignField('email'), { name: 'email', alreadyAsked: false }],
    ['a part of an address', campaignField('reg_street'), { name: 'registration', alreadyAsked: false }],
    ['a part of the residence', campaignField('fact_flat'), { name: 'residence', alreadyAsked: false }],
    [
      'a part of the work place',
      campaignField('work_city_name'),
      { name: 'jobLocation', alreadyAsked: false },
    ],
    ['the address of work', campaignField('work_address'), { name: 'jobAddress', alreadyAsked: false }],
    [
      'the end of the passport',
      campaignField('passport_expiration_date'),
      { name: 'passportIssuedDate', alreadyAsked: false },
    ],
    [
      "the campaign's own",
      campaignField('loan_reason', '', true, 'Одним словом'),
      {
        name: 'custom.loan_reason',
        alreadyAsked: false,
        hint: 'Одним словом',
      },
    ],
    [
      "the campaign's own list",
      campaignField('card', '', true, '1 - обычная, 2 - золотая'),
      {
        name: 'custom.card',
        alreadyAsked: false,
        options: [
          { value: '1', label: 'обычная' },
          { value: '2', label: 'золотая' },
        ],
      },
    ],
    [
      'a field of ours with a list of the campaign, as far as its pattern takes it',
      campaignField('product_type', '^[1,3,7]{1}$', true, '1-credit; 3-card; 7-gold-card; 8-platinum-card'),
      {
        name: 'productType',
        alreadyAsked: false,
        options: [
          { value: '1', label: 'credit' },
          { value: '3', label: 'card' },
          { value: '7', label: 'gold-card' },
        ],
      },
    ],
    [
      'a field of ours that takes none of the words of a list',
      campaignField('credit_sum', '', true, '5000 - мало, 9000 - много'),
      { name: 'amount', alreadyAsked: false, hint: '5000 - мало, 9000 - много' },
    ],
    [
      'a list of ours',
      campaignField('occupation', '', true, '1-employee; 2-owner'),
      { name: 'employment', alreadyAsked: false },
    ],
  ])('%s', (_, field, expected) => {
    expect(questions([field])).toEqual([expected])
  })

  it('once each, and only what is required', () => {
    const fields = [
      campaignField('reg_street'),
      campaignField('reg_house'),
      campaignField('email', '', false),
      campaignField('loan', '', false),
    ]
    expect(questions(fields)).toEqual([{ name: 'registration', alreadyAsked: false }])
  })

  it('by its parts, where a form asks for parts', () => {
    const known = new Set([...asked, 'registrationCity'])
    expect(
      questions([campaignField('reg_city_name'), campaignField('reg_street')], configWith(), known),
    ).toEqual([
      { name: 'registrationCity', alreadyAsked: true },
      { name: 'registrationStreet', alreadyAsked: false },
    ])
    expect(
      questions([campaignField('work_address')], configWith(), new Set(['jobCity', 'jobStreet'])),
    ).toEqual([{ name: 'jobCity', alreadyAsked: true }])
  })

  it('by the rules of fields', () => {
    const config = configWith({ fields: { email: 'emailSecond', inn: { value: '999900000160' } } })
    expect(questions([campaignField('email'), campaignField('inn')], config)).toEqual([
      { name: 'emailSecond', alreadyAsked: false },
    ])
  })

  it('and nothing that an option or a mark supplies', () => {
    expect(
      questions([
        campaignField('personal_data_agent'),
        campaignField('subid'),
        campaignField('user_notified'),
      ]),
    ).toEqual([])
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
  expect(parseCampaignOptions(description)?.map(({ value, label }) => [value, label])).toEqual(expected)
})

describe('what the operator has to mend', () => {
  const problems = (fields: readonly CampaignField[], changed: object = {}) =>
    campaignProblems(fields, configWith(changed), matches)

  it('is a pattern that cannot be used', () => {
    expect(problems([campaignField('email', '('), campaignField('email', '^a')])).toEqual([
      "email: the campaign's pattern cannot be used, so values are sent unchecked",
    ])
  })

  it('is a choice that the campaign calls otherwise, until the map says how', () => {
    const field = campaignField('gender', '^[mf]$')
    expect(problems([field])).toEqual([
      'gender: a campaign refuses female, male; set its own values in valueMaps.gender',
    ])
    expect(problems([field], { valueMaps: { gender: { male: 'm' } } })).toEqual([
      'gender: a campaign refuses female; set its own values in valueMaps.gender',
    ])
    expect(problems([field], { valueMaps: { gender: { male: 'm', female: 'f' } } })).toEqual([])
    expect(problems([campaignField('occupation', '^[1-9]$')])).toHaveLength(1)
  })

  it('is a parameter that neither a form nor an option supplies', () => {
    const told = ['subid4: a campaign requires it, and only "fields" can supply it']
    expect(problems([campaignField('subid4')])).toEqual(told)
    expect(problems([campaignField('subid4')], { fields: { subid4: { value: 'x' } } })).toEqual([])
    expect(
      problems([
        campaignField('subid4', '', false),
        campaignField('personal_data_agent'),
        campaignField('first_name'),
      ]),
    ).toEqual([])
    expect(
      problems([campaignField('application_received_date_by_client')], { receivedDate: false }),
    ).toHaveLength(1)
  })
})
