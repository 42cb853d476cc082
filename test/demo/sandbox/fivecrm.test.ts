import { describe, expect, it } from 'vitest'
import { createFiveCrmSandbox, type FiveCrmSandbox } from '../../../demo/sandbox/fivecrm/sandbox.ts'
import type { FiveCrmSwitches } from '../../../demo/sandbox/fivecrm/switches.ts'

const tokens = { publicToken: 'sandbox-public', secretToken: 'sandbox-secret' }
const now = () => new Date('2026-11-22T09:00:00Z')
const create = (switches: Partial<FiveCrmSwitches> = {}) => createFiveCrmSandbox({ ...tokens, now, switches })
const form = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' }

function post({ app }: FiveCrmSandbox, path: string, parameters: Readonly<Record<string, string>>) {
  const body = new URLSearchParams({ public_token: tokens.publicToken, ...parameters })
  return app.request(path, { method: 'POST', headers: form, body: body.toString() })
}

describe('calls that add', () => {
  it.each([
    ['/ctm/form/send', { url: 'https://a.ru', phone: '+79000000001', sum: '5000', guid: 'x' }],
    ['/public/deal/add', { stage_id: '1', client_name: 'Вымыслова', f_1: 'a', f_50: 'b' }],
    ['/public/contact/add', { surname: 'Вымыслова', map_position: '1,2' }],
    ['/public/company/add', { name: 'ООО' }],
    ['/public/task/add', { description: 'я'.repeat(1000), date_expired: '31.12.2026' }],
  ])('%s accepts the documented parameters', async (path, parameters) => {
    const response = await post(create(), path, parameters)
    expect([response.status, await response.text()]).toEqual([200, '{"ans":"true"}'])
  })

  it.each<[string, string, Readonly<Record<string, string>>]>([
    ['/ctm/form/send', 'client_name', { client_name: 'a' }],
    ['/ctm/form/send', 'description', { description: 'я'.repeat(501) }],
    ['/public/deal/add', 'f_51', { f_51: 'a' }],
    ['/public/deal/add', 'f_1', { f_1: 'я'.repeat(256) }],
    ['/public/deal/add', 'sum', { sum: '5000.50' }],
    ['/public/contact/add', 'sum', { sum: '5000' }],
    ['/public/task/add', 'description', { description: 'я'.repeat(1001) }],
    ['/public/company/add', 'name', { name: '' }],
    ['/public/company/add', 'name', { name: ' a' }],
    ['/public/company/add', 'toString', { toString: 'a' }],
  ])('%s refuses %s', async (path, name, parameters) => {
    const response = await post(create(), path, parameters)
    expect(response.status).toBe(422)
    expect(await response.json()).toEqual({
      message: 'The given data was invalid.',
      errors: { [name]: [expect.stringMatching(/^[А-Я]/)] },
    })
  })

  it('are refused with another token, another type, or parameters in the address', async () => {
    const { app } = create()
    expect((await post(create(), '/public/deal/add', { public_token: 'x' })).status).toBe(403)
    const init = { method: 'POST', headers: form, body: `public_token=${tokens.publicToken}` }
    expect((await app.request('/public/deal/add?phone=1', init)).status).toBe(422)
    const body = JSON.stringify({ public_token: tokens.publicToken })
    const json = { method: 'POST', headers: { 'content-type': 'application/json' }, body }
    expect((await app.request('/public/deal/add', json)).status).toBe(415)
    expect((await app.request('/public/deal/add')).status).toBe(405)
  })

  it('can use GET only for the form, as documented', async () => {
    const { app } = create()
    const response = await app.request(`/ctm/form/send?public_token=${tokens.publicToken}&phone=1`)
    expect(await response.json()).toEqual({ ans: 'true' })
  })
})

describe('lists', () => {
  const get = (path: string, query: Readonly<Record<string, string>>) =>
    create().app.request(`${path}?${new URLSearchParams(query)}`)
  const open = { public_token: tokens.publicToken }

  it.each([
    ['/public/deal/get-custom-fields', open, 'fields'],
    ['/public/funnels/get', open, 'funnels'],
    ['/public/managers/get', { ...open, secret_token: tokens.secretToken }, 'managers'],
  ])('%s are returned with the tokens', async (path, query, name) => {
    const response = await get(path, query)
    expect(await response.json()).toEqual({ ans: 'true', [name]: expect.any(Array) })
  })

  it.each([
    ['/public/managers/get', open],
    ['/public/managers/get', { ...open, secret_token: 'x' }],
    ['/public/funnels/get', {}],
  ])('%s is refused with other tokens', async (path, query) => {
    expect((await get(path, query)).status).toBe(403)
  })
})

describe('switches', () => {
  it.each<[FiveCrmSwitches['mode'], number, string]>([
    ['ans-boolean', 200, '{"ans":true}'],
    ['ans-false', 200, '{"ans":"false"'],
    ['error-200', 200, '{"error":'],
    ['refuse', 403, '{"ans":"false"'],
    ['field-error', 422, '{"message":"The given data was invalid.","errors":{"phone":["'],
    ['jsonp', 200, 'callback_001({"ans":"true"})'],
    ['redirect', 302, ''],
  ])('%s responds with %i', async (mode, status, beginning) => {
    const response = await post(create({ mode }), '/public/deal/add', { phone: '1' })
    expect(response.status).toBe(status)
    expect((await response.text()).slice(0, beginning.length)).toBe(beginning)
  })
})

it('shows received requests on a page, with the tokens redacted', async () => {
  const sandbox = create()
  await post(sandbox, '/public/deal/add', { client_name: 'Вымыслова' })
  await sandbox.app.request(`/public/managers/get?secret_token=${tokens.secretToken}`)
  const page = await (await sandbox.app.request('/')).text()
  expect(page).toContain('client_name = Вымыслова')
  for (const token of Object.values(tokens)) {
    expect(page).not.toContain(token)
    expect(JSON.stringify(sandbox.received())).not.toContain(token)
  }
})
