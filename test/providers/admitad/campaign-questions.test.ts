import { describe, expect, it } from 'vitest'
import { campaignProblems } from '../../../src/providers/admitad/campaigns/campaign-problems.ts'
import {
  campaignQuestions,
  parseCampaignOptions,
} from '../../../src/providers/admitad/campaigns/campaign-questions.ts'
import type { CampaignField } from '../../../src/providers/core/context.ts'
import { createPatternMatcher } from '../../../src/relay/campaigns/python-regex.ts'
import { configWith, campaignField } from './support.ts'

const matches = createPatternMatcher()

describe('the questions of a form', () => {
  const askedNames = new Set([
    'lastName',
    'firstName',
    'phone',
    'passportSeries',
    'passportNumber',
    'birthDate',
  ])
  const questions = (fields: readonly CampaignField[], config = configWith(), known = askedNames) =>
    campaignQuestions(fields, config, known, matches)

  it.each<[string, CampaignField, object]>([
    [
      'a field that is already asked for',
      campaignField('first_name'),
      { name: 'firstName', alreadyAsked: true },
    ],
    ['one that is typed with others', campaignField('passport_cn'), { name: 'passport', alreadyAsked: true }],
    ['one that is missing', campaignField('email'), { name: 'email', alreadyAsked: false }],
    ['a part of an address', campaignField('reg_street'), { name: 'registration', alreadyAsked: false }],
    ['a part of the residence', campaignField('fact_flat'), { name: 'residence', alreadyAsked: false }],
    [
      'a part of the work place',
      campaignField('work_city_name'),
      { name: 'jobLocation', alreadyAsked: false },
    ],
    ['the work address', campaignField('work_address'), { name: 'jobAddress', alreadyAsked: false }],
    [
      'the expiration date of the passport',
      campaignField('passport_expiration_date'),
      { name: 'passportIssuedDate', alreadyAsked: false },
    ],
    [
      "a campaign's own field",
      campaignField('loan_reason', '', true, 'Одним словом'),
      {
        name: 'custom.loan_reason',
        alreadyAsked: false,
        hint: 'Одним словом',
      },
    ],
    [
      "a campaign's own field with options",
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
      'a field with the options of a campaign that match its pattern',
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
      'a field for which no option of a campaign is valid',
      campaignField('credit_sum', '', true, '5000 - мало, 9000 - много'),
      { name: 'amount', alreadyAsked: false, hint: '5000 - мало, 9000 - много' },
    ],
    [
      'a field with our own options',
      campaignField('occupation', '', true, '1-employee; 2-owner'),
      { name: 'employment', alreadyAsked: false },
    ],
  ])('%s', (_, field, expected) => {
    expect(questions([field])).toEqual([expected])
  })

  it('appear once each, and only for required fields', () => {
    const fields = [
      campaignField('reg_street'),
      campaignField('reg_house'),
      campaignField('email', '', false),
      campaignField('loan', '', false),
    ]
    expect(questions(fields)).toEqual([{ name: 'registration', alreadyAsked: false }])
  })

  it('name the parts of a composite if the form asks for parts', () => {
    const known = new Set([...askedNames, 'registrationCity'])
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

  it('follow the rules of fields', () => {
    const config = configWith({ fields: { email: 'emailSecond', inn: { value: '999900000160' } } })
    expect(questions([campaignField('email'), campaignField('inn')], config)).toEqual([
      { name: 'emailSecond', alreadyAsked: false },
    ])
  })

  it('leave out parameters that an option or an attribution parameter fills', () => {
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

describe('a problem for the operator', () => {
  const problems = (fields: readonly CampaignField[], overrides: object = {}) =>
    campaignProblems(fields, configWith(overrides), matches)

  it('is a pattern that cannot be used', () => {
    expect(problems([campaignField('email', '('), campaignField('email', '^a')])).toEqual([
      "email: the campaign's pattern cannot be used, so values are sent unchecked",
    ])
  })

  it('is a value that a campaign refuses, until valueMaps maps it', () => {
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

  it('is a required parameter that neither a form nor an option fills', () => {
    const expected = ['subid4: a campaign requires it, and only "fields" can supply it']
    expect(problems([campaignField('subid4')])).toEqual(expected)
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
