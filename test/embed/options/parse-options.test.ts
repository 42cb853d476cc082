import { describe, expect, it } from 'vitest'
import { optionsTable } from '../../../src/embed/options/options-table.ts'
import { toAttributeName, parseOptions } from '../../../src/embed/options/parse-options.ts'

/** What options of JavaScript and attributes of an element come to. */
const read = (given: object, attributes: Readonly<Record<string, string>> = {}, bare = false) =>
  parseOptions(
    given,
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
  ])('%s is read alike from JavaScript (%j) and from an attribute (%s)', (name, given, text, expected) => {
    const fromScript = read({ [name]: given })
    const fromPage = read({}, { [`data-${toAttributeName(name)}`]: text })
    expect(fromScript).toEqual({ options: { [name]: expected }, issues: [] })
    expect(JSON.stringify(fromPage.options)).toBe(JSON.stringify({ [name]: fromPage.options[isKey(name)] }))
    expect(fromPage.issues).toEqual([])
    expect([expected, String(expected).split(',')]).toContainEqual(fromPage.options[isKey(name)])
  })

  it.each<[string, unknown]>([
    ['relay', 'javascript:alert(1)'],
    ['relay', 12],
    ['theme', 'black'],
    ['shadow', 'no'],
    ['minimumAge', 'eighteen'],
    ['minimumAge', -1],
    ['values', 'amount=1'],
    ['redirect', 'data:text/html,x'],
    ['onStep', 'alert'],
    ['consents', 7],
  ])('%s that is %j is left out and told of, without what was given', (name, given) => {
    expect(read({ [name]: given, channel: 'vk' })).toEqual({
      options: { channel: 'vk' },
      issues: [{ where: 'option', name, option: name }],
    })
  })

  it('of the element goes before that of JavaScript, and values that stand in both complete one another', () => {
    const { options } = read(
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

  it('that is undefined, or empty where a template had nothing to put in, is none', () => {
    expect(read({ relay: undefined, channel: null }, { 'data-sub-id1': '', 'data-relay': '' })).toEqual({
      options: {},
      issues: [],
    })
  })

  it('has its attribute also without "data-" on the custom element, and nowhere else', () => {
    const attributes = { relay: '/forms/main', 'sub-id1': 'a', 'value-amount': '5', class: 'x', style: '' }
    expect(read({}, attributes, true)).toEqual({
      options: { relay: '/forms/main', subId1: 'a', values: { amount: '5' } },
      issues: [],
    })
    expect(read({}, attributes).options).toEqual({})
  })
})

describe('a name that no option has', () => {
  it('is told of in JavaScript, and on an element where it resembles one', () => {
    const { issues } = read(
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
