import { describe, expect, it } from 'vitest'
import { parseConfig } from '../../../src/relay/config/config.ts'
import { env as secrets, formEntry } from '../support/invented.ts'

const texts = {
  ZERO: '0',
  FRACTION: '1.5',
  FRAMED: '\uFEFF invented \r\n\n',
  TWO_LINES: 'in\nvented',
  WITH_TAB: 'in\tvented',
  WITH_NUL: 'in\u0000vented',
  CYRILLIC: 'іnvented',
  ZERO_WIDTH: 'invented\u200B',
  QUOTED: "'invented'",
  BLANK: '  ',
}
const env = { ...secrets, WEBMASTER: '123\n', CAMPAIGNS: '[17809, [17288]]', WORD: 'many', ...texts }
const secret = { env: 'DEVTEK_TOKEN' }
const devtek = { provider: 'devtek', idWebmaster: 1, token: secret }
const lotinfo = { provider: 'lotinfo', token: secret }
const fivecrm = { provider: 'fivecrm', publicToken: secret }
const admitad = { provider: 'admitad', websiteId: 1, campaigns: [1], accessToken: secret }

const ids = [0, -1, 1.5, NaN, Infinity, 2 ** 53, '1', null, true, [1], { env: 'ZERO' }, { env: 'FRACTION' }]
const wrongTokens = ['TWO_LINES', 'WITH_TAB', 'WITH_NUL', 'ZERO_WIDTH', 'QUOTED', 'BLANK']
const wrongAddresses = [
  ['api.devtek.ru', '//api.devtek.ru', 'https://', 'https://a b', 'https://api.devtek.ru:99999'],
  [
    'https://api.devtek.ru?x=1',
    'https://api.devtek.ru#x',
    'https://api.devtek.ru/NEW-LEAD/',
    ' https://api.devtek.ru',
  ],
  ['https://api.devtek.ru/new-lead//', 'https://api.devtek.ru/v1/get-cities'],
].flat()
const wrongTemplates = [
  '{lastName',
  'lastName}',
  '{ lastName }',
  '{}',
  '{фамилия}',
  '{first-name}',
  '{{lastName}}',
]

async function problemsOf(destination: object): Promise<readonly string[]> {
  const entry = formEntry()
  const consents = entry.consents.map((consent) => ({ ...consent, required: true }))
  const forms = { main: { ...entry, consents, destinations: [destination] } }
  const { forms: parsed } = await parseConfig({ forms }, { env, readText: () => Promise.reject(new Error()) })
  const result = parsed.get('main')
  return result && 'problems' in result ? result.problems : []
}

describe('the options of a destination', () => {
  it.each([
    devtek,
    { ...devtek, idWebmaster: { env: 'WEBMASTER' } },
    { ...devtek, fields: { 'main.credit_history': { value: '2' }, 'main.email': { value: '' } } },
    { ...devtek, signedConsentUrl: 'https://example.ru/signed/{leadId}.pdf' },
    { ...devtek, token: { env: 'FRAMED' } },
    { ...devtek, fields: { 'main.amount': { template: '{amount}000' } } },
    { ...admitad, campaigns: { env: 'CAMPAIGNS' } },
    { ...lotinfo, clientType: 1, agency: 'ООО Пример', objects: [{ id: 3, doled: '1/3' }] },
    { ...fivecrm, method: 'task', dateExpired: '{today+2d}', estimateHour: 0 },
    {
      ...fivecrm,
      method: 'contact',
      fields: { guid: 'leadId', website: 'pageUrl', gaid: { template: '{ymClientId}' } },
    },
  ])('are right: %j', async (destination) => {
    expect(await problemsOf(destination)).toEqual([])
  })

  it.each<[object, string]>([
    [{ ...devtek, idWebmaster: 0 }, 'idWebmaster: expected a whole number, 1 or more'],
    [
      { ...devtek, idWebmaster: { env: 'WORD' } },
      'idWebmaster: expected a whole number, 1 or more, got a text',
    ],
    ...ids.map((id): [object, string] => [
      { ...lotinfo, userId: id },
      'userId: expected a whole number, 1 or more',
    ]),
    ...wrongTokens.map((name): [object, string] => [
      { ...devtek, token: { env: name } },
      'token: expected a text of one line that is not empty',
    ]),
    ...wrongAddresses.map((baseUrl): [object, string] => [
      { ...devtek, baseUrl },
      'baseUrl: expected an address, https://…',
    ]),
    ...wrongTemplates.map((template): [object, string] => [
      { ...devtek, fields: { 'job.place': { template } } },
      'fields.job.place: expected names in braces without spaces',
    ]),
    [
      { ...devtek, baseUrl: 'https://api.devtek.ru/new-lead/' },
      'baseUrl: expected an address, https://…, without a query and without "/new-lead", which is added',
    ],
    [
      { ...fivecrm, baseUrl: 'https://api.5crm.ru/public' },
      'baseUrl: expected an address, https://…, without',
    ],
    [
      { ...lotinfo, baseUrl: 'https://api.lotinfo.ru/v1' },
      'baseUrl: expected an address, https://…, without',
    ],
    [
      { ...devtek, fields: { 'main.amount': { value: 'пятьдесят' } } },
      'fields.main.amount: expected a whole number',
    ],
    [
      { ...devtek, fields: { 'main.amount': 'lastName' } },
      'fields.main.amount: expected a whole number, and',
    ],
    [
      { ...devtek, fields: { 'main.credit_history': { value: 9 } } },
      'fields.main.credit_history: expected one of 1, 2, 3, 4, 5',
    ],
    [{ ...devtek, fields: { 'main.kladr': { value: '77' } } }, 'fields.main.kladr: expected a KLADR code'],
    [
      { ...devtek, fields: { 'main.birthday': { value: 'вчера' } } },
      'fields.main.birthday: expected a date, dd.mm.yyyy',
    ],
    [
      { ...devtek, fields: { 'main.channel': { value: 'x'.repeat(256) } } },
      'fields.main.channel: expected at most 255 characters',
    ],
    [
      { ...devtek, fields: { 'main.channel': { template: '{leedId}' } } },
      'fields.main.channel: there is no field "leedId"; did you mean "leadId"?',
    ],
    [
      { ...devtek, signedConsentUrl: 'https://example.ru/{lastName}.pdf' },
      'signedConsentUrl: "{lastName}" is no fact about the lead',
    ],
    [
      { ...devtek, signedConsentUrl: 'https://example.ru/{leadId.pdf' },
      'signedConsentUrl: expected an address, https://…, with names in braces',
    ],
    [{ ...admitad, accessToken: { env: 'CYRILLIC' } }, 'in Latin letters, digits and signs'],
    [
      { ...admitad, noPatronymic: 'н'.repeat(101) },
      'noPatronymic: expected a text of at most 100 characters',
    ],
    [
      { ...devtek, fields: { 'main.amount': { template: '{amount} рублей' } } },
      'fields.main.amount: expected a whole number, without words around it',
    ],
    [{ ...devtek, fields: { 'main.amount': { value: -5 } } }, 'fields.main.amount: expected a whole number'],
    [
      { ...devtek, fields: { 'main.amount': { value: '1e3' } } },
      'fields.main.amount: expected a whole number',
    ],
    [{ ...devtek, fields: { 'main.channel': '' } }, 'fields.main.channel: expected the name of a field'],
    [{ ...fivecrm, name: 'н'.repeat(256) }, 'the template of name: expected at most 255 characters'],
    [{ ...lotinfo, comments: ['{lastName'] }, 'the template of comments.0.value: expected names in braces'],
    [{ ...admitad, valueMaps: { gender: { man: 'M' } } }, 'valueMaps.gender.man: expected male or female'],
    [
      { ...admitad, valueMaps: { occupation: { 1: 'н'.repeat(101) } } },
      'valueMaps.occupation.1: expected a text of at most 100 characters',
    ],
    [{ ...lotinfo, fields: { sex: { value: 'm' } } }, 'fields.sex: expected one of male, female'],
    [
      { ...lotinfo, fields: { 'objects.0.doled': { value: 'треть' } } },
      'fields.objects.0.doled: expected a share',
    ],
    [{ ...lotinfo, objects: [{ id: 3, doled: 'треть' }] }, 'objects.0.doled: expected a share such as 1/3'],
    [{ ...lotinfo, agency: 'ООО Пример' }, 'agency: the name of an organisation, expected together with'],
    [{ ...fivecrm, method: 'contact', funnelId: 1 }, 'funnelId: an option of the method deal, and this'],
    [{ ...admitad, campaignId: 65 }, 'campaignId: an option of "mode": "sync"'],
    [
      { ...admitad, mode: 'sync', campaignId: 65 },
      'campaigns: an option of "mode": "create"; with "sync" the campaign is in "campaignId"',
    ],
  ])('are refused with their path: %j', async (destination, problem) => {
    const [first = '', ...others] = await problemsOf(destination)
    expect(first).toMatch(/^destinations\.0[.:]/)
    expect(first).toContain(problem)
    expect(others).toEqual([])
  })
})
