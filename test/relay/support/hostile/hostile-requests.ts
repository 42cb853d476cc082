import fc from 'fast-check'
import { adminToken, inventLead } from '../invented.ts'

/** A request that a hostile program could send. */
export interface HostileRequest {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array<ArrayBuffer> | undefined
}

/** What no field expects. */
const junk = fc.oneof(
  fc.jsonValue(),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom<unknown>(
    null,
    true,
    '',
    0,
    -1,
    1e308,
    [],
    {},
    '\0',
    '\ud800',
    'я'.repeat(3000),
    '__proto__',
    '%00',
    "'; drop table anketa.leads; --",
    '<script>alert(1)</script>',
    '${jndi:ldap://x}',
    '../../etc/passwd',
    '2026-13-45T99:99:99+99:99',
    '+7900000000',
    { length: 1e9 },
    { toString: 1 },
    [[[[[]]]]],
  ),
)

const places = [
  'id',
  'key',
  'values',
  'consents',
  'attribution',
  'page',
  'widget',
  'website',
  'challenge',
  'extra',
  'values.phone',
  'values.amount',
  'values.birthDate',
  'values.lastName',
  'values.custom.x',
  'values.city',
  'consents.0',
  'consents.0.id',
  'consents.0.acceptedAt',
  'consents.0.textSha256',
  'consents.0.documentUrl',
  'page.url',
  'page.startedAt',
  'page.submittedAt',
  'page.variant',
  'attribution.utm_source',
  '__proto__',
]

/** A lead with some places changed. */
const changedLead = fc
  .array(fc.tuple(fc.constantFrom(...places), fc.option(junk, { nil: undefined })), {
    minLength: 1,
    maxLength: 3,
  })
  .map((changes) => {
    const lead: object = structuredClone(inventLead())
    // A later change may go into the value of an earlier one.
    for (const [place, value] of changes) change(lead, place.split('.'), structuredClone(value))
    return JSON.stringify(lead)
  })

function change(target: object, [name = '', ...rest]: readonly string[], value: unknown): void {
  const next: unknown = Reflect.get(target, name)
  if (rest.length > 0 && typeof next === 'object' && next !== null) change(next, rest, value)
  else if (value === undefined) Reflect.deleteProperty(target, name)
  else Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true })
}

/** The text of a lead with a part cut out, repeated or replaced. */
const brokenText = fc
  .tuple(fc.nat(900), fc.nat(60), fc.string({ unit: 'binary', maxLength: 30 }), fc.boolean())
  .map(([at, length, text, keeps]) => {
    const json = JSON.stringify(inventLead())
    return json.slice(0, at) + text + json.slice(keeps ? at : at + length)
  })

const deepText = fc
  .tuple(fc.constantFrom('[', '{"a":', '{"values":', '"', '-'), fc.integer({ min: 1, max: 15_000 }))
  .map(([text, times]) => text.repeat(times).slice(0, 70_000))

const urlEncoded = fc
  .array(
    fc.tuple(
      fc.constantFrom(
        'phone',
        'amount',
        'lastName',
        'consent.processing',
        'website',
        'x',
        '__proto__',
        'utm_source',
      ),
      fc.string({ unit: 'binary', maxLength: 60 }),
    ),
    { maxLength: 8 },
  )
  .map((pairs) => pairs.map(([name, text]) => `${name}=${encodeURIComponent(text.toWellFormed())}`).join('&'))

const body = fc.oneof(
  { weight: 6, arbitrary: changedLead },
  { weight: 3, arbitrary: brokenText },
  { weight: 1, arbitrary: deepText },
  { weight: 1, arbitrary: urlEncoded },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 300 }).map((bytes) => Uint8Array.from(bytes)) },
  { weight: 1, arbitrary: junk.map((value) => JSON.stringify(value)) },
)

const ids = fc.oneof(
  fc.uuid(),
  fc.constantFrom('0', '%00', '..', '%2e%2e', 'code', '019910fe-0000-7000-8000-000000000000'),
  fc.webPath(),
)

const path = fc.oneof(
  { weight: 6, arbitrary: fc.constant('/forms/main/leads') },
  { weight: 2, arbitrary: ids.map((id) => `/forms/main/leads/${id}/code`) },
  { weight: 1, arbitrary: ids.map((id) => `/forms/main/leads/${id}`) },
  {
    weight: 1,
    arbitrary: fc.tuple(ids, fc.webQueryParameters()).map(([id, query]) => `/forms/${id}/leads?${query}`),
  },
  { weight: 1, arbitrary: fc.webQueryParameters().map((query) => `/forms/main/cities?${query}`) },
  { weight: 1, arbitrary: ids.map((id) => `/${id}`) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '/forms/main',
      '/forms/main/challenge',
      '/healthz',
      '/metrics',
      '/admin/places',
      '/admin/backup',
      '/forms/__proto__/leads',
      '/forms/constructor',
    ),
  },
)

const headerValue = fc.oneof(
  fc.string({ maxLength: 60 }).map((text) => text.trim()),
  fc.constantFrom(
    'null',
    '127.0.0.1',
    '::1, 10.0.0.1',
    'Bearer x',
    `Bearer ${'a'.repeat(3000)}`,
    'chunked',
    '-1',
    '*',
    'https://landing.example.ru',
    'http://127.0.0.1',
    'identity;q=0',
  ),
)

const headers = fc.dictionary(
  fc.constantFrom(
    'origin',
    'referer',
    'x-forwarded-for',
    'forwarded',
    'authorization',
    'user-agent',
    'content-encoding',
    'if-none-match',
    'x-http-method-override',
    'content-length',
    'cookie',
    'range',
  ),
  headerValue,
  { maxKeys: 4 },
)

const contentType = fc.oneof(
  { weight: 6, arbitrary: fc.constant('application/json') },
  { weight: 2, arbitrary: fc.constant('text/plain;charset=UTF-8') },
  { weight: 1, arbitrary: fc.constant('application/x-www-form-urlencoded') },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '',
      'multipart/form-data',
      'application/json/x',
      'text/html',
      'application/x-www-form-urlencodedx',
      'APPLICATION/JSON ; charset=utf-16',
    ),
  },
)

/** Requests to any route, most of them with leads that are not quite right. */
const anyRequest: fc.Arbitrary<HostileRequest> = fc
  .record({
    method: fc.oneof(
      { weight: 8, arbitrary: fc.constant('POST') },
      { weight: 2, arbitrary: fc.constantFrom('GET', 'DELETE', 'PUT', 'OPTIONS', 'HEAD', 'PATCH') },
    ),
    path,
    headers,
    contentType,
    body,
  })
  .map(({ contentType: type, headers: others, method, body: content, ...request }) => ({
    ...request,
    method,
    headers: { ...others, 'content-type': type },
    body: method === 'GET' || method === 'HEAD' ? undefined : content,
  }))

/** Posts of plain forms. */
const formPost: fc.Arbitrary<HostileRequest> = fc
  .record({ headers, body: fc.oneof(urlEncoded, brokenText) })
  .map(({ headers: others, body: content }) => ({
    method: 'POST',
    path: '/forms/main/leads',
    headers: { ...others, 'content-type': 'application/x-www-form-urlencoded' },
    body: content,
  }))

const tokens = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', 'Z', '0', '9', '_', '-'), minLength: 22, maxLength: 22 }),
  fc.string({ unit: 'binary', maxLength: 60 }).map((text) => encodeURIComponent(text.toWellFormed())),
  ids,
)

/** Guesses of the addresses of signed consents, and many challenges. */
const publicRequest: fc.Arbitrary<HostileRequest> = fc
  .record({
    method: fc.constantFrom('GET', 'GET', 'HEAD', 'POST', 'DELETE'),
    path: fc.oneof(
      tokens.map((token) => `/signed/${token}`),
      ids.map((form) => `/forms/${form}/challenge`),
      fc.webQueryParameters().map((query) => `/forms/main/challenge?${query}`),
    ),
    headers,
  })
  .map((request) => ({ ...request, body: undefined }))

const person = fc.oneof(
  fc.record({ phone: junk }),
  fc.record({ email: junk }),
  fc.record({ phone: junk, email: junk }),
  junk,
)

/** What an operator's program may send by mistake, and what others try without the token. */
const adminRequest: fc.Arbitrary<HostileRequest> = fc
  .record({
    call: fc.oneof(
      ids.map((id) => ['DELETE', `/admin/leads/${id}`] as const),
      ids.map((id) => ['DELETE', `/admin/leads/${id}/signed`] as const),
      tokens.map((known) => ['GET', `/admin/consents/verify?known=${known}`] as const),
      fc.webQueryParameters().map((query) => ['GET', `/admin/places?${query}`] as const),
      fc.constantFrom(
        ['POST', '/admin/erase'] as const,
        ['POST', '/admin/export'] as const,
        ['POST', '/admin/places'] as const,
        ['PUT', '/admin/erase'] as const,
      ),
    ),
    body: fc.oneof(
      person.map((value) => JSON.stringify(value)),
      brokenText,
    ),
    authorization: fc.oneof(fc.constant(`Bearer ${adminToken}`), headerValue),
    type: fc.constantFrom('application/json', 'application/x-ndjson'),
  })
  .map(({ call: [method, path], body: content, authorization, type }) => ({
    method,
    path,
    headers: { authorization, 'content-type': type },
    body: method === 'GET' ? undefined : content,
  }))

/** Requests that a hostile program could send. */
export const hostileRequest: fc.Arbitrary<HostileRequest> = fc.oneof(
  { weight: 14, arbitrary: anyRequest },
  { weight: 2, arbitrary: formPost },
  { weight: 2, arbitrary: publicRequest },
  { weight: 2, arbitrary: adminRequest },
)
