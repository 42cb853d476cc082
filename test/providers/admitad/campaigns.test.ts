import { describe, expect, it } from 'vitest'
import type { LeadValues } from '../../../src/lead/values.ts'
import { mergeCampaignFields } from '../../../src/providers/admitad/campaigns/merge-fields.ts'
import { admitad } from '../../../src/providers/admitad/index.ts'
import type { CampaignField } from '../../../src/providers/core/context.ts'
import { withCampaignFields, configWith, createContext, sentFields, campaignField } from './support.ts'

it('the fields of several campaigns are merged: a field required by one is required, and every pattern counts', () => {
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

describe('a value is sent', () => {
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
    // The document's own pattern, for names that have more than letters.
    ['last_name', '^[a-zA-Z]+$', { lastName: 'Салтыкова-Щедрина' }, 'SaltykovaShchedrina'],
    ['last_name', '^[a-zA-Z]+$', { lastName: "О'Нил" }, 'ONil'],
    ['middle_name', '^[a-zA-Z]+$', { middleName: 'Гусейн оглы' }, 'Guseinogly'],
    ['last_name', '^[A-Z]+$', { lastName: 'Мамин-Сибиряк' }, 'MAMINSIBIRIAK'],
    ['last_name', '^[А-Яа-яЁё]+$', { lastName: 'Салтыкова-Щедрина' }, 'СалтыковаЩедрина'],
    ['last_name', '^[А-Яа-яЁё ]+$', { lastName: "Д'Артаньян-Петров" }, 'ДАртаньян Петров'],
    ['middle_name', '^[А-Яа-яЁё-]+$', { middleName: 'Гусейн оглы' }, 'Гусейн-оглы'],
    ['middle_name', '^[a-zA-Z]+$', { middleName: undefined, noMiddleName: true }, 'Net'],
    ['mobile_phone', String.raw`^\+7\(\d{3}\)\d{3}-\d{2}-\d{2}$`, {}, '+7(900)000-00-42'],
    ['mobile_phone', String.raw`^8 \(\d{3}\) \d{3}-\d{2}-\d{2}$`, {}, '8 (900) 000-00-42'],
    ['mobile_phone', String.raw`^\d{3}-\d{3}-\d{2}-\d{2}$`, {}, '900-000-00-42'],
    ['work_phone', String.raw`^\+7 \d{3} \d{3} \d{2} \d{2}$`, {}, '+7 900 000 00 43'],
    ['passport_cn', String.raw`^\d\d \d\d \d{6}$`, {}, '03 15 000050'],
    ['passport_cn', String.raw`^\d{4}-\d{6}$`, {}, '0315-000050'],
    ['passport_cn', String.raw`^\d{4} № ?\d{6}$`, {}, '0315 № 000050'],
    ['birth_date', String.raw`^\d{4}-\d{2}-\d{2}$`, {}, '1990-09-05'],
    ['passport_date', String.raw`^\d\d/\d\d/\d{4}$`, {}, '06/10/2015'],
    ['work_date', String.raw`^\d{8}$`, {}, '01032025'],
    ['work_organization', '^[А-Яа-я ]+$', {}, 'ООО Вымысел'],
    ['reg_city_name', cyrillic, { registrationCity: 'Орёл' }, 'Орел'],
    ['credit_sum', String.raw`^\d+$`, {}, '50000'],
    ['work_salary', String.raw`^\d+\.\d\d$`, {}, '45000.00'],
    // No spelling matches, so the value stays unchanged.
    ['mobile_phone', '^0', {}, '+79000000042'],
    ['email', '^[A-Z]+$', {}, 'ynna@example.ru'],
  ])('as %s for the pattern %s', (path, pattern, values, expected) => {
    const context = createContext(values, withCampaignFields(campaignField(path, pattern)))
    expect(sentFields(configWith(), context).get(path)).toBe(expected)
  })

  it('in a spelling that suits every campaign, if there is one', () => {
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

  it.each(['(', '(?=x)x', '(a{1000}){1000}'])('without regard to a broken pattern: %s', (pattern) => {
    const context = createContext(
      {},
      withCampaignFields(campaignField('mobile_phone', pattern), campaignField('mobile_phone', '^8')),
    )
    expect(sentFields(configWith(), context).get('mobile_phone')).toBe('89000000042')
    expect(admitad.check?.(configWith(), context)).toEqual([])
  })

  it('unchanged if patterns cannot be run', () => {
    const context = createContext({}, { campaignSettings: [campaignField('mobile_phone', '^8')] })
    expect(sentFields(configWith(), context).get('mobile_phone')).toBe('+79000000042')
    expect(admitad.check?.(configWith(), context)).toEqual([])
  })

  it('under a name that only the campaign defines, unlike other custom fields', () => {
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

describe('a value with no spelling that matches', () => {
  const issues = (values: LeadValues, ...fields: readonly CampaignField[]) =>
    admitad.check?.(configWith(), createContext(values, withCampaignFields(...fields)))
  const warning = (field: string) => [{ field, code: 'campaign-format' }]

  it.each<[string, CampaignField, string]>([
    ['a name', campaignField('first_name', '^[a-z]$'), 'firstName'],
    ['a phone', campaignField('mobile_phone', '^0'), 'phone'],
    ['a passport', campaignField('passport_cn', '^1'), 'passportSeries'],
    ['a term', campaignField('credit_days', '^7$'), 'termDays'],
    ['a field of the campaign', campaignField('loan_reason', '^[a-z]+$'), 'custom.loan_reason'],
  ])('gets a warning at its field: %s', (_, field, name) => {
    expect(issues({ 'custom.loan_reason': 'ремонт' }, field)).toEqual(warning(name))
  })

  it('gets one warning for several campaigns', () => {
    expect(issues({}, campaignField('first_name', '^1'), campaignField('first_name', '^2'))).toEqual(
      warning('firstName'),
    )
  })

  it('gets no warning if the person cannot change it', () => {
    const fields = ['gender', 'occupation', 'overdue_loans', 'subid', 'personal_data_agent', 'campaigns']
    expect(issues({}, ...fields.map((name) => campaignField(name, '^never$')))).toEqual([])
  })

  it('gets no warning where the person has nothing to change', () => {
    const none = { middleName: undefined, noMiddleName: true }
    expect(issues(none, campaignField('middle_name', '^[0-9]+$'))).toEqual([])
  })

  it('gets no warning if it is missing', () => {
    expect(issues({ firstName: undefined }, campaignField('first_name', '^[a-z]$'))).toEqual([])
  })
})
