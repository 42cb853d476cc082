import { gunzipSync } from 'node:zlib'
import type { Relay } from '../../../../src/relay/relay-options.ts'
import { adminToken } from './leak-servers.ts'
import type { EvidenceLog } from './evidence.ts'

const authorization = `Bearer ${adminToken}`

/** Records what a relay tells operators and monitors, and its backup. */
export async function recordRelay(
  relay: Pick<Relay, 'fetch'>,
  { record }: EvidenceLog,
  unpack: (backup: Buffer) => Buffer = gunzipSync,
): Promise<void> {
  const request = (path: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> =>
    relay.fetch(new Request(`https://relay.example.ru${path}`, { headers }))
  for (const [area, path] of [
    ['relay health', '/healthz'],
    ['relay health', '/healthz?strict'],
    ['relay metrics', '/metrics'],
  ] as const)
    for (const headers of [{}, { authorization }]) {
      const response = await request(path, headers)
      record(area, path, JSON.stringify([...response.headers]))
      record(area, path, await response.text())
    }
  for (const path of ['/admin/backup', '/admin/backup/keys']) {
    const backup = await request(path, { authorization })
    record('backup', path, unpack(Buffer.from(await backup.arrayBuffer())).toString('utf8'))
  }
}

/** Records the answers to requests that are wrong, and hold what a person has entered. */
export async function recordErrors(
  relay: Pick<Relay, 'fetch'>,
  sent: string,
  { record }: EvidenceLog,
): Promise<void> {
  const lead: { readonly id: string; readonly values: Readonly<Record<string, unknown>> } = JSON.parse(sent)
  const phone = String(lead.values['phone'])
  const json = { 'content-type': 'application/json' }
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  const requests: readonly (readonly [method: string, path: string, headers: object, body?: string])[] = [
    ['POST', '/forms/main/leads', json, sent.slice(0, -1)],
    ['POST', '/forms/main/leads', { 'content-type': 'image/png' }, sent],
    ['POST', '/forms/main/leads', { ...json, origin: 'https://elsewhere.example' }, sent],
    ['POST', '/forms/main/leads', json, JSON.stringify({ ...lead, key: 'another-key-of-22-characters' })],
    ['POST', '/forms/main/leads', json, JSON.stringify({ ...lead, id: phone })],
    ['POST', '/forms/main/leads', json, JSON.stringify({ ...lead, consents: lead.values })],
    ['POST', '/forms/main/leads', json, JSON.stringify({ ...lead, page: { url: phone, startedAt: phone } })],
    ['POST', '/forms/main/leads', json, sent.repeat(30)],
    [
      'POST',
      '/forms/main/leads',
      form,
      `phone=${encodeURIComponent(phone)}1&lastName=%C2%FB%EC%FB%F1%EB%EE%E2%E0`,
    ],
    ['POST', `/forms/main/leads/${lead.id}/code`, json, JSON.stringify({ key: phone, code: phone })],
    ['POST', `/forms/main/leads/${phone}/code`, json, sent],
    ['GET', `/forms/main/leads/${lead.id}`, { authorization: `Bearer ${phone}` }],
    ['GET', `/forms/main/leads/${phone}`, {}],
    ['GET', `/forms/${encodeURIComponent(String(lead.values['lastName']))}/leads?q=${phone}`, {}],
    ['GET', `/forms/main/cities?region=${phone}&query=${phone}`, {}],
    ['GET', `/${encodeURIComponent(String(lead.values['email']))}?passport=${phone}`, {}],
    ['GET', `/signed/${phone}`, {}],
    ['DELETE', `/admin/leads/${phone}`, { authorization }],
    ['POST', '/admin/erase', { authorization }, sent],
    [
      'POST',
      '/admin/export',
      { ...json, authorization },
      JSON.stringify({ phone: `${phone}${phone}`, email: phone }),
    ],
    ['GET', `/admin/consents/verify?known=${phone}`, { authorization }],
  ]
  for (const [method, path, headers, body] of requests) {
    const init = { method, headers: { ...headers }, ...(body === undefined ? {} : { body }) }
    const response = await relay.fetch(new Request(`https://relay.example.ru${path}`, init))
    const answer = `${response.status} ${JSON.stringify([...response.headers])} ${await response.text()}`
    // The address is what the test itself has put a value into.
    record('relay error', `${method} ${path.replace(/\/[^/]*[\d%].*$/, '/…')}`, answer)
  }
}
