import { describe, expect, it } from 'vitest'
import { optionsTable } from '../../../src/embed/options/options-table.ts'
import { toAttributeName, parseOptions } from '../../../src/embed/options/parse-options.ts'

/** Parses options of JavaScript and attributes of an element. */
const parse = (properties: object, attributes: Readonly<Record<string, string>> = {}, bare = false) =>
  parseOptions(
    properties,
    Object.entries(attributes).map(([name, value]) => ({ name, value })),
    bare,
  )

describe('an option', () => {
  it.each<[string, unknown, string, unknown]>([
    ['relay', '/forms/main', '/forms/main', '/forms/main'],
    ['form', 'microloan', 'microloan', 'microloan'],
    ['form', { steps: [] }, '{"steps":[]}', { steps: [] }],
    ['values', { amount: 1 }, '{"amount":1}', { amount: 1 }],
    ['prefillFromUrl', ['amount', 'phone'], 'amount, phone', ['amount', 'phone']],
    ['prefillFromUrl', 'amount', '["amount"]', ['amount']],
    ['messages', { next: 'Вперёд' }, '{"next":"Вперёд"}', { next: 'Вперёд' }],
    ['messages', '/texts.json', '/texts.json', '/texts.json'],
    ['theme', 'auto', 'auto', 'auto'],
    ['shadow', false, 'false', false],
    ['test', true, '', true],
    ['attributionDays', 30, '30', 30],
    ['minimumAge', 21, '21', 21],
    ['consents', [{ id: 'a' }], '[{"id":"a"}]', [{ id: 'a' }]],
    ['consents', { id: 'a' }, '{"id":"a"}', [{ id: 'a' }]],
    ['metrika', 123, '123', [123]],
    ['metrika', [1, 2], '1, 2', [1, 2]],
    ['dataLayer', true, '', true],
    ['dataLayer', 'events', 'events', 'events'],
    ['vk', 'VK-RTRG-1', 'VK-RTRG-1', 'VK-RTRG-1'],
    ['vk', 1234567, '1234567', 1234567],
    [
      'redirect',
      'https://example.ru/?id={leadId}',
      'https://example.ru/?id={leadId}',
      'https://example.ru/?id={leadId}',
    ],
  ])('%s is parsed alike from JavaScript (%j) and from an attribute (%s)', (name, value, text, expected) => {
    const fromScript = parse({ [name]: value })
    const fromPage = parse({}, { [`data-${toAttributeName(name)}`]: text })
    expect(fromScript).toEqual({ options: { [name]: expected }, issues: [] })
    expect(JSON.stringify(fromPage.options)).toBe(JSON.stringify({ [name]: fromPage.options[isKey(name)] }))
    expect(fromPage.issues).toEqual([])
    expect([expected, String(expected).split(',')]).toContainEqual(fromPage.options[isKey(name)])
  })

  it.each<[string, unknown]>([
    ['relay', 12],
    ['theme', 'black'],
    ['shadow', 'no'],
    ['minimumAge', 'eighteen'],
    ['minimumAge', -1],
    ['values', 'amount=1'],
    ['redirect', 'data:text/html,x'],
    ['onStep', 'alert'],
    ['consents', 7],
  ])('%s that is %j is left out and reported, without its value', (name, value) => {
    expect(parse({ [name]: value, channel: 'vk' })).toEqual({
      options: { channel: 'vk' },
      issues: [{ where: 'option', name, expected: optionsTable[isKey(name)] }],
    })
  })

  it('of the element takes precedence over that of JavaScript, and values in both complete one another', () => {
    const { options } = parse(
      { channel: 'vk', theme: 'dark', values: { amount: 1, phone: 'a' }, providerOptions: { token: 'a' } },
      {
        'data-channel': 'mail',
        'data-value-amount': '2',
        'data-values': '{"termDays":30}',
        'data-provider-id-webmaster': '7',
      },
    )
    expect(options).toEqual({
      channel: 'mail',
      theme: 'dark',
      values: { amount: '2', phone: 'a', termDays: 30 },
      providerOptions: { token: 'a', idWebmaster: '7' },
    })
  })

  it('may be a limit of a field, which completes the other changes of fields wherever it stands', () => {
    const amount = { label: 'Сколько', maximum: 50_000 }
    const limits = { 'data-maximum-amount': '30000', 'data-minimum-term-days': '5', 'data-minimum-age': '21' }
    const fields = { amount: { label: 'Сколько', maximum: 30_000 }, termDays: { minimum: 5 } }
    const expected = { options: { fields, minimumAge: 21 }, issues: [] }
    expect(parse({ fields: { amount } }, limits)).toEqual(expected)
    const inAttribute = { 'data-fields': JSON.stringify({ amount: { label: 'Сколько' } }) }
    expect(parse({ fields: { amount } }, { ...limits, ...inAttribute })).toEqual(expected)
    expect(parse({}, { 'maximum-amount': '3' }, true).options).toEqual({ fields: { amount: { maximum: 3 } } })
    expect(parse({}, { 'data-maximum-amount': '30 тыс.', 'data-minimum-amount': '' })).toEqual({
      options: {},
      issues: [{ where: 'attribute', name: 'data-maximum-amount', expected: optionsTable.minimumAge }],
    })
  })

  it('that is undefined, or an empty attribute, is ignored', () => {
    expect(parse({ relay: undefined, channel: null }, { 'data-sub-id1': '', 'data-relay': '' })).toEqual({
      options: {},
      issues: [],
    })
  })

  it('has its attribute without "data-" on the custom element alone', () => {
    const attributes = { relay: '/forms/main', 'sub-id1': 'a', 'value-amount': '5', class: 'x', style: '' }
    expect(parse({}, attributes, true)).toEqual({
      options: { relay: '/forms/main', subId1: 'a', values: { amount: '5' } },
      issues: [],
    })
    expect(parse({}, attributes).options).toEqual({})
  })
})

describe('an unknown name', () => {
  it('is reported in JavaScript, and on an element if it resembles an option', () => {
    const { issues } = parse(
      { relai: '/', whatever: 1 },
      { 'data-chanel': 'vk', 'data-aos': 'fade-up', 'data-id': '7', 'data-step': '1', 'data-anketa': '' },
    )
    expect(issues).toEqual([
      { where: 'option', name: 'relai' },
      { where: 'option', name: 'whatever' },
      { where: 'attribute', name: 'data-chanel' },
    ])
  })
})

function isKey(name: string): keyof typeof optionsTable {
  const known = Object.keys(optionsTable).find(
    (option): option is keyof typeof optionsTable => option === name,
  )
  if (!known) throw new TypeError(`${name}: expected an option`)
  return known
}
