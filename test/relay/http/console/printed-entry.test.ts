import { expect, it } from 'vitest'
import { hideEntrySecrets } from '../../../../src/relay/http/admin/forms/printed-entry.ts'

const secret = 'invented-secret-0123456789'
const hidden = '…'

it.each([
  [{ token: secret }, { token: hidden }],
  [{ fields: { api_key: { value: secret } } }, { fields: { api_key: { value: hidden } } }],
  [{ fields: { api_key: { value: 1234 } } }, { fields: { api_key: { value: hidden } } }],
  [{ keys: [{ one: { two: [secret] } }] }, { keys: [{ one: { two: [hidden] } }] }],
  [{ headers: { accept: [secret] } }, { headers: { accept: [hidden] } }],
  [{ password: { env: 'NAME' } }, { password: { env: 'NAME' } }],
  [{ fields: { channel: { value: 'site' } } }, { fields: { channel: { value: 'site' } } }],
  [{ url: `https://crm.example.ru/hooks/${secret}` }, { url: 'https://crm.example.ru/…' }],
  [
    { capPerDay: 5, when: { field: 'amount', equals: 1 } },
    { capPerDay: 5, when: { field: 'amount', equals: 1 } },
  ],
])('of the destination %j shows %j', (destination, shown) => {
  expect(hideEntrySecrets({ destinations: [destination] })).toEqual({ destinations: [shown] })
})
