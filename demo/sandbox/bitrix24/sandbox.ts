import { createJsonSandbox, type JsonSandbox } from '../core/json-sandbox.ts'
import { jsonResponse } from '../core/response.ts'
import { leadBody } from './lead-fields.ts'

/**
 * Creates a server that simulates the incoming webhook of a Bitrix24 portal with the method crm.lead.add. Bitrix24 ignores
 * a field that it does not have; the sandbox refuses it, so that a mistake is seen.
 */
export function createBitrix24Sandbox(options: {
  readonly code: string
  readonly now: () => Date
}): JsonSandbox {
  const { code, now } = options
  let lastId = 3464
  return createJsonSandbox({
    name: 'Битрикс24',
    accepts: 'Принимает crm.lead.add входящего вебхука: /rest/1/<код>/crm.lead.add.',
    path: '/rest/1/:code/crm.lead.add',
    now,
    secrets: [code],
    body: leadBody,
    isAuthorized: ({ path }) => path === `/rest/1/${code}/crm.lead.add`,
    unauthorized: jsonResponse(401, {
      error: 'INVALID_CREDENTIALS',
      error_description: 'Invalid request credentials',
    }),
    invalid: (deviations) =>
      jsonResponse(400, {
        error: '',
        error_description: deviations.map(({ path, expected }) => `${path}: ${expected}`).join('; '),
      }),
    accepted: () => jsonResponse(200, { result: (lastId += 1), time: { date_start: now().toISOString() } }),
    isAccepted: (status) => status === 200,
  })
}
