import { describe, expect, it } from 'vitest'
import { parseConfig } from '../../../src/relay/config/config.ts'
import { env as secrets, formEntry } from '../support/invented.ts'

const env = { ...secrets, WEBMASTER: '123\n', CAMPAIGNS: '[17809, [17288]]', WORD: 'many' }
const secret = { env: 'DEVTEK_TOKEN' }
const devtek = { provider: 'devtek', idWebmaster: 1, token: secret }
const lotinfo = { provider: 'lotinfo', token: secret }
const fivecrm = { provider: 'fivecrm', publicToken: secret }
const admitad = { provider: 'admitad', websiteId: 1, campaigns: [1], accessToken: secret }

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
    [{ ...devtek, idWebmaster: { env: 'WORD' } }, 'idWebmaster: expected a number, got a text'],
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
    expect(first).toContain(`destinations.0.${problem}`)
    expect(others).toEqual([])
  })
})
