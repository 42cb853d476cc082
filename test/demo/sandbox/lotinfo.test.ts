import { describe, expect, it } from 'vitest'
import { createLotinfoSandbox, type LotinfoSandbox } from '../../../demo/sandbox/lotinfo/sandbox.ts'
import type { LotinfoSwitches } from '../../../demo/sandbox/lotinfo/switches.ts'

const token = 'sandbox-lotinfo-token'
const json = { 'content-type': 'application/json; charset=utf-8' }
const now = () => new Date('2026-11-22T09:00:00Z')
const create = (switches: Partial<LotinfoSwitches> = {}) => createLotinfoSandbox({ token, now, switches })

/** A client with every documented member. */
const client = {
  userId: 123,
  apiIdExchange: 7,
  fioF: 'Вымыслова',
  sex: 'female',
  birthday: '10.01.1985',
  deeps: 3,
  clientc: 3,
  family: 0,
  regionName: 'Примерская область',
  cityName: 'Примерск',
  userCategory: [10, 12],
  clientType: 1,
  agency: 'Агентство',
  contacts: [
    { type: 'mobile', value: '79000000001', general: 1, spy: 1, comment: 'Основной' },
    { type: 'city', value: '84950000001' },
    { type: 'email', value: 'a@example.ru', general: 1 },
  ],
  comments: [{ value: 'Первый' }],
  passport: { serial: '0310', number: '000050', dateSended: '05.09.2010', codePod: '770-077' },
  objects: [{ id: 235, name: 'Ынна', lpr: 1, doled: '1/2' }],
  orders: [{ id: 789, name: 'Заявка' }],
}

function put({ app }: LotinfoSandbox, body: unknown, query = `token=${token}`, headers: HeadersInit = json) {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return app.request(`/v1/CLIENTS?${query}`, { method: 'PUT', headers, body: text })
}

/** The fields with errors. */
async function faults(change: object, top: object = {}): Promise<unknown> {
  const response = await put(create(), { data: [{ ...client, ...change }], ...top })
  const json: unknown = await response.json()
  if (response.status === 200) return []
  const { errors }: { errors: { field: string }[] } = Object(json)
  return errors.map(({ field }) => field)
}

describe('clients', () => {
  it('are accepted as documented and numbered in order', async () => {
    const sandbox = create()
    const response = await put(sandbox, { encoding: 0, data: [client, client] })
    expect([response.status, await response.text()]).toEqual([200, '{"result":[{"id":101},{"id":102}]}'])
    expect(await (await put(sandbox, { data: [client] }, `TOKEN=${token}`)).json()).toEqual({
      result: [{ id: 103 }],
    })
  })

  it.each<[string, object, readonly string[]]>([
    ['no contacts', { contacts: undefined }, ['data.0.contacts']],
    ['an empty list of contacts', { contacts: [] }, ['data.0.contacts']],
    ['a contact without a value', { contacts: [{ type: 'mobile' }] }, ['data.0.contacts.0.value']],
    [
      'a mobile with +7',
      { contacts: [{ type: 'mobile', value: '+79000000001' }] },
      ['data.0.contacts.0.value'],
    ],
    [
      'a city phone with 7',
      { contacts: [{ type: 'city', value: '74950000001' }] },
      ['data.0.contacts.0.value'],
    ],
    [
      'a phone as a number',
      { contacts: [{ type: 'mobile', value: 79000000001 }] },
      ['data.0.contacts.0.value'],
    ],
    [
      'an e-mail that is watched',
      { contacts: [{ type: 'email', value: 'a@b.ru', spy: 1 }] },
      ['data.0.contacts.0.spy'],
    ],
    [
      'two main phones',
      {
        contacts: [
          { type: 'mobile', value: '79000000001', general: 1 },
          { type: 'city', value: '84950000001', general: 1 },
        ],
      },
      ['data.0.contacts.1.general'],
    ],
    ['a day without its zeros', { birthday: '5.9.1990' }, ['data.0.birthday']],
    ['a day that does not exist', { birthday: '31.02.1990' }, ['data.0.birthday']],
    ['an id as a text', { userId: '123' }, ['data.0.userId']],
    ['another sex', { sex: 'f' }, ['data.0.sex']],
    ['a city without a region', { regionName: undefined }, ['data.0.cityName']],
    ['an agency of a person', { clientType: 0 }, ['data.0.agency']],
    ['a series without its zero', { passport: { serial: '310' } }, ['data.0.passport.serial']],
    ['a series as a number', { passport: { serial: 1234 } }, ['data.0.passport.serial']],
    ['a share that is no number of shares', { objects: [{ doled: '0.5' }] }, ['data.0.objects.0.doled']],
    ['a comment without a text', { comments: [{}] }, ['data.0.comments.0.value']],
    ['something empty', { fioF: '', fioI: null }, ['data.0.fioF', 'data.0.fioI']],
    ['a name that the document does not have', { phone: '7' }, ['data.0.phone']],
  ])('are refused with %s', async (_, change, fields) => {
    expect(await faults(change)).toEqual(fields)
  })

  it('are refused with members that only the sample of the document has', async () => {
    expect(await faults({}, { code: 101010 })).toEqual(['code'])
    expect(await faults({}, { encoding: 2 })).toEqual(['encoding'])
    expect(await faults({}, { data: [] })).toEqual(['data'])
  })

  it.each([
    ['another token', 'token=x', json, 403],
    ['no token', '', json, 403],
    ['a token and more', `token=${token}&a=1`, json, 403],
    ['another type', `token=${token}`, { 'content-type': 'text/plain' }, 400],
  ])('are refused with %s', async (_, query, headers, status) => {
    expect((await put(create(), { data: [client] }, query, headers)).status).toBe(status)
  })

  it('are sent with PUT, not POST', async () => {
    const response = await create().app.request('/v1/CLIENTS', { method: 'POST', body: '{}' })
    expect(response.status).toBe(405)
  })
})

describe('switches', () => {
  it.each<[LotinfoSwitches['mode'], number, string]>([
    ['notice', 200, '{"result":[{"id":101}],"notices":[{"notice":5,"notice_text":"'],
    ['bad-request', 400, '{"errors":'],
    ['refuse', 403, '{"errors":'],
    ['error-200', 200, '{"errors":'],
    ['no-id', 200, '{"result":[{}]}'],
    ['jsonp', 200, 'callback_001({"result":'],
    ['error-503', 503, 'Service Unavailable'],
  ])('%s responds with %i', async (mode, status, beginning) => {
    const response = await put(create({ mode }), { data: [client] })
    expect(response.status).toBe(status)
    expect((await response.text()).slice(0, beginning.length)).toBe(beginning)
  })

  it('respond with escaped Cyrillic if encoding is 1', async () => {
    const text = await (await put(create({ mode: 'notice' }), { encoding: 1, data: [client] })).text()
    expect(text).toMatch(/^[\0-\x7f]+$/)
    expect(JSON.parse(text)).toHaveProperty('notices.0.notice_text', 'У объекта сменился главный владелец.')
  })
})

it('shows received requests on a page, with the token redacted', async () => {
  const sandbox = create()
  await put(sandbox, { data: [client] })
  await put(sandbox, { data: [{}] })
  const page = await (await sandbox.app.request('/')).text()
  expect(page).toContain('Песочница Lotinfo')
  expect(page).toContain('принято')
  expect(page).toContain('отказ')
  expect(page).not.toContain(token)
  expect(JSON.stringify(sandbox.received())).not.toContain(token)
})
