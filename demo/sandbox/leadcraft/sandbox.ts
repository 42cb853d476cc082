import { type Check, listOf, objectOf, oneOf, text } from '../core/check-json.ts'
import { isRecord } from '../core/json.ts'
import { createJsonSandbox, type JsonSandbox } from '../core/json-sandbox.ts'
import { jsonResponse } from '../core/response.ts'

/** A field of the person. The document lists them by offer; a value is a text, a number or a flag. */
const personal: Check = (value, path) =>
  (typeof value === 'string' && value.trim() !== '') ||
  typeof value === 'number' ||
  typeof value === 'boolean'
    ? []
    : [{ path, expected: 'a text, a number or a flag' }]

/** The system fields of https://docs.leadcraft.ru. */
const lead: Check = objectOf(
  {
    type: oneOf('lead'),
    api_token: text(),
    product: oneOf(1, 2),
    applied_at: text(/^\d{4}-\d\d-\d\d(?: \d\d:\d\d:\d\d)?$/, 'a date YYYY-MM-DD, or with a time'),
    sales: listOf(objectOf({ campaignID: text() }, ['campaignID'])),
  },
  ['type', 'api_token', 'applied_at', 'sales'],
  personal,
)

/** Creates a server that simulates LeadCraft's call for webmasters' leads. */
export function createLeadCraftSandbox(options: {
  readonly token: string
  readonly now: () => Date
}): JsonSandbox {
  const { token, now } = options
  let lastId = 233
  return createJsonSandbox({
    name: 'LeadCraft',
    accepts: 'Принимает заявки вебмастеров: /v1/webmasters/lead.',
    path: '/v1/webmasters/lead',
    now,
    secrets: [token],
    body: lead,
    isAuthorized: (_, body) => isRecord(body) && body['api_token'] === token,
    unauthorized: jsonResponse(403, { code: 403, message: 'AuthorizationException' }),
    invalid: (deviations) =>
      jsonResponse(422, { code: 422, message: deviations.map(({ path }) => path).join(', ') }),
    accepted(body) {
      const sales: unknown = isRecord(body) ? body['sales'] : []
      const campaigns = (Array.isArray(sales) ? sales : []).map((sale: unknown) =>
        isRecord(sale) ? String(sale['campaignID']) : '',
      )
      return jsonResponse(201, {
        id: (lastId += 1),
        status: 'received',
        details: Object.fromEntries(campaigns.map((campaign) => [campaign, { status: 'accepted' }])),
      })
    },
    isAccepted: (status) => status === 201,
  })
}
