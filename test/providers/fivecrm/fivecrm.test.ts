import { parse, safeParse } from 'valibot'
import { describe, expect, it } from 'vitest'
import type { LeadValues } from '../../../src/lead/values.ts'
import { fivecrm } from '../../../src/providers/fivecrm/index.ts'
import type { HttpResult, LeadContext } from '../../../src/providers/core/context.ts'
import { checkLengths } from '../../../src/providers/core/write-parameters.ts'
import { day } from '../../lead/day.ts'
import { inventedLead } from '../../lead/invented-lead.ts'

const receivedAt = new Date('2026-11-22T09:00:05Z')
const lead = { ...inventedLead, receivedAt }
const context: LeadContext = { now: receivedAt, attempt: 1, mayHaveArrived: false, lead }
const configWith = (options: object = {}) => parse(fivecrm.config, { publicToken: 'invented', ...options })
const withValues = (values: LeadValues): LeadContext => ({ ...context, lead: { ...lead, values } })

/** The parameters that are sent, without the token. */
function sentFor(values: LeadValues, options: object = {}, changes: Partial<LeadContext['lead']> = {}) {
  const callContext = withValues(values)
  const { body } = fivecrm.operations.create.request(configWith(options), {
    ...callContext,
    lead: { ...callContext.lead, ...changes },
  })
  const { public_token: token, ...sent } = Object.fromEntries(new URLSearchParams(body))
  expect(token).toBe('invented')
  return sent
}

describe('the request', () => {
  it.each([
    [undefined, 'https://api.5crm.ru/public/deal/add'],
    ['form', 'https://api.5crm.ru/ctm/form/send'],
    ['deal', 'https://api.5crm.ru/public/deal/add'],
    ['contact', 'https://api.5crm.ru/public/contact/add'],
    ['company', 'https://api.5crm.ru/public/company/add'],
    ['task', 'https://api.5crm.ru/public/task/add'],
  ])('of the method %s is a form, posted to %s', (method, url) => {
    const options = method === undefined ? {} : { method }
    const request = fivecrm.operations.create.request(configWith(options), context)
    expect(request).toMatchObject({
      method: 'POST',
      url,
      headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
    })
  })

  it('of a deal is as documented, without the passport and parameters that are not set', () => {
    expect(sentFor(lead.values)).toEqual({
      name: "Заявка: О'Вымыслова Ынна Ёлковна",
      sum: '50000',
      description:
        'Срок, дней: 30\nСОПД v2026-09-01 22.11.2026 12:00 мск\nchannel: vk\nsubId1: one\nsubId5: 5',
      utm_source: 'vk',
      website: 'https://landing.example.ru/loan',
      email: 'ynna@example.ru',
      phone: '+79000000042',
      client_name: "О'Вымыслова Ынна Ёлковна",
    })
  })

  it('of a callback form is a name and a phone', () => {
    const values = { firstName: 'Ынна', phone: '+79000000042' }
    expect(sentFor(values, { method: 'form' })).toMatchObject({ name: 'Ынна', phone: '+79000000042' })
  })

  it.each(['deal', 'form', 'contact', 'company', 'task'])(
    'of the method %s has nothing of the passport',
    (method) => {
      const { passportNumber = '', passportIssuedBy = '' } = lead.values
      const sent = Object.values(sentFor(lead.values, { method })).join()
      expect(sent).not.toContain(passportNumber)
      expect(sent).not.toContain(passportIssuedBy)
    },
  )

  it("has a deal's custom fields under their own names, and the consents in a rule's template", () => {
    const fields = { f_50: { template: '{consents}' } }
    expect(sentFor({ 'custom.f_7': 'после шести', 'custom.f_8': 5 }, { fields })).toMatchObject({
      f_7: 'после шести',
      f_8: '5',
      f_50: 'СОПД v2026-09-01 22.11.2026 12:00 мск',
    })
  })

  it('has the templates of the options, filled in', () => {
    const options = {
      method: 'task',
      name: 'Позвонить: {firstName}',
      description: '{amount} ₽',
      dateExpired: '1',
    }
    expect(sentFor({ firstName: 'Ынна', amount: 5000 }, options)).toEqual({
      name: 'Позвонить: Ынна',
      description: '5000 ₽',
      date_expired: '1',
    })
    expect(sentFor({}, options)).toEqual({ date_expired: '1' })
  })
})

describe('an age', () => {
  it.each([
    ['22.11.1990', '36'],
    ['23.11.1990', '35'],
    ['29.02.2004', '22'],
  ])('of a person born on %s is %s on the day of receipt', (birth, age) => {
    expect(sentFor({ birthDate: day(birth) }, { method: 'contact' })).toMatchObject({ age })
  })
})

describe('a text', () => {
  const issuesOf = (values: LeadValues, options: object = {}, attribution = {}) => {
    const config = configWith(options)
    const callContext = { ...context, lead: { ...lead, values, attribution } }
    return checkLengths(fivecrm.parameters(config), config, callContext)
  }

  it('that is too long is an issue of its field', () => {
    expect(issuesOf({ 'custom.f_3': 'Ю'.repeat(256) })).toEqual([
      { field: 'custom.f_3', code: 'text-length', limit: 255 },
    ])
  })

  it.each(['form', 'deal', 'task'])('that is short enough alone is no issue: %s', (method) => {
    const long = {
      comment: 'Ю'.repeat(500),
      purpose: 'Я'.repeat(255),
      callTime: 'Э'.repeat(255),
      amount: 5000,
    }
    expect(issuesOf(long, { method })).toEqual([])
    const sent = sentFor(long, { method })
    expect(String(sent['description']).length).toBeLessThanOrEqual(method === 'task' ? 1000 : 500)
  })

  it('of a comment that is longer than its parameter goes on in the description', () => {
    const { comment, description } = sentFor({ comment: `${'Ю'.repeat(255)}конец` })
    expect(comment).toBe('Ю'.repeat(255))
    expect(description).toContain('Комментарий: …конец')
  })

  it('that cannot be sent whole loses what matters least: marks, then consents, then words', () => {
    const attribution = { subId1: 'x'.repeat(200) }
    const values = { comment: 'Ю'.repeat(400), termDays: 30 }
    const sent = sentFor(values, { method: 'form' }, { attribution })
    expect(sent['description']).toContain('Срок, дней: 30')
    expect(sent['description']).toContain('Ю'.repeat(400))
    expect(sent['description']).not.toContain('subId1')
  })

  it('with attribution parameters stays within the limit: those that do not fit are left out', () => {
    const attribution = {
      subId1: 'x'.repeat(255),
      subId2: 'y'.repeat(255),
      subId3: 'z',
      utm_term: 'u'.repeat(300),
    }
    expect(issuesOf({}, {}, attribution)).toEqual([])
    const callContext = { ...context, lead: { ...lead, values: {}, attribution } }
    const { body } = fivecrm.operations.create.request(configWith(), callContext)
    const sent = new URLSearchParams(body)
    expect(sent.get('description')).toContain('\nsubId3: z')
    expect(sent.get('description')).not.toContain('subId2')
    expect(sent.get('utm_term')).toHaveLength(255)
  })
})

describe('a response', () => {
  const outcomeOf = (result: HttpResult, options: object = {}) =>
    fivecrm.operations.create.outcome(result, configWith(options), context)
  const rejection = (errors: object, status = 422) => ({
    status,
    body: JSON.stringify({ message: 'x', errors }),
  })

  it.each([
    ['phone', 'phone'],
    ['client_name', 'lastName'],
    ['sum', 'amount'],
    ['f_7', 'custom.f_7'],
  ])('with an error of %s is an issue of the field "%s"', (parameter, field) => {
    const issues = [{ field, message: 'Так нельзя' }]
    expect(outcomeOf(rejection({ [parameter]: ['Так нельзя'] }))).toEqual({ outcome: 'invalid', issues })
    expect(outcomeOf(rejection({ [parameter]: 'Так нельзя' }, 200))).toEqual({ outcome: 'invalid', issues })
  })

  it.each(['public_token', 'funnel_id', 'website', 'no_such_parameter'])(
    'with an error of %s is for the operator, because no person entered it',
    (parameter) => {
      const errors = { phone: ['Так нельзя'], [parameter]: ['Нет такого'] }
      expect(outcomeOf(rejection(errors))).toEqual({
        outcome: 'refused',
        reason: `parameter ${parameter}: Нет такого`,
      })
    },
  )

  it.each([
    'callback_001({"ans":"true"})',
    'callback_001({"ans":"true"});',
    ' jQuery.cb1 ( {"ans":true} ) ; '.trim(),
    '\uFEFF{"ans":"true"}',
  ])('is read in a wrapper: %s', (body) => {
    expect(outcomeOf({ status: 200, body })).toEqual({ outcome: 'accepted' })
  })

  it.each([
    '{"ans":"True"}',
    '{"ans":1}',
    '{"ans":["true"]}',
    '{"data":{"ans":"true"}}',
    '[{"ans":"true"}]',
    'callback_001({"ans":"true"}',
    '"true"',
    'true',
  ])('that only resembles a success is not one: %s', (body) => {
    expect(outcomeOf({ status: 200, body }).outcome).toBe('uncertain')
  })

  it.each([201, 302, 403, 422, 500])('with status %i is a success only with 2xx', (status) => {
    const { outcome } = outcomeOf({ status, body: '{"ans":"true"}' })
    expect(outcome === 'accepted').toBe(status === 201)
  })
})

describe('the lists for the operator', () => {
  const { customFields, funnels, managers } = fivecrm.operations
  const now = { now: receivedAt }
  const config = configWith({ secretToken: 'secret&', baseUrl: 'http://127.0.0.1:1/' })
  const success = (list: object): HttpResult => ({
    status: 200,
    body: JSON.stringify({ ans: 'true', ...list }),
  })

  it('are requested with the tokens in the address, the secret one only for the managers', () => {
    const base = 'http://127.0.0.1:1/public'
    expect(customFields.request(config, now)).toEqual({
      method: 'GET',
      url: `${base}/deal/get-custom-fields?public_token=invented`,
      headers: { accept: 'application/json' },
    })
    expect(funnels.request(config, now).url).toBe(`${base}/funnels/get?public_token=invented`)
    expect(managers.request(config, now).url).toBe(
      `${base}/managers/get?public_token=invented&secret_token=secret%26`,
    )
  })

  it('are parsed as documented, and as PHP may write them', () => {
    const fields = [{ type: 'text', name: 'Цель', field: 'f_1' }]
    expect(customFields.outcome(success({ fields }), config, now)).toEqual({ items: fields })
    expect(customFields.outcome(success({ fields: { 3: fields[0], 4: null, 5: 'x' } }), config, now)).toEqual(
      {
        items: fields,
      },
    )
    const funnel = {
      id: '1',
      name: 'Займы',
      is_default: 'true',
      stages: [{ id: 2, name: 'Новая', order: '1' }],
    }
    expect(funnels.outcome(success({ funnels: [funnel, {}] }), config, now)).toEqual({
      items: [{ id: 1, name: 'Займы', isDefault: true, stages: [{ id: 2, name: 'Новая', order: 1 }] }],
    })
    expect(
      managers.outcome(
        success({ managers: [{ id: 1, name: 'Вымыслова', phone: 79000000011 }] }),
        config,
        now,
      ),
    ).toEqual({ items: [{ id: 1, name: 'Вымыслова', phone: '79000000011', email: '', ava: '' }] })
    expect(funnels.outcome(success({ funnels: [] }), config, now)).toEqual({ items: [] })
  })

  it.each<[HttpResult, boolean]>([
    [{ failure: 'timeout', sent: true }, true],
    [{ status: 500, body: '{"ans":"true","funnels":[]}' }, true],
    [{ status: 429, body: '' }, true],
    [{ status: 403, body: '{"ans":"false","message":"secret&"}' }, false],
    [{ status: 200, body: '{"ans":"false"}' }, false],
    [{ status: 200, body: '{"ans":"true"}' }, false],
    [{ status: 200, body: '<html>' }, false],
  ])('are a problem without a secret if they cannot be read: %o', (result, retryable) => {
    const list = funnels.outcome(result, config, now)
    expect(list).toMatchObject({ problem: expect.any(String), retryable })
    expect(JSON.stringify(list)).not.toContain('secret&')
  })
})

describe('options', () => {
  it.each([
    {},
    { publicToken: '' },
    { publicToken: 'a', method: 'lead' },
    { publicToken: 'a', funnelId: '1' },
    { publicToken: 'a', estimateDay: 1.5 },
    { publicToken: 'a', name: '' },
    { publicToken: 'a', baseUrl: '/' },
  ])('are refused: %o', (options) => {
    expect(safeParse(fivecrm.config, options).success).toBe(false)
  })

  it('have one secret, because the public token is seen in pages', () => {
    expect(fivecrm.secrets).toEqual(['secretToken'])
  })
})
