import { createJsonSandbox, type JsonSandbox } from '../core/json-sandbox.ts'
import { jsonResponse } from '../core/response.ts'
import { leadsBody } from './lead-fields.ts'

/** Creates a server that simulates the combined creation of deals in an amoCRM account. */
export function createAmoCrmSandbox(options: {
  readonly token: string
  readonly now: () => Date
}): JsonSandbox {
  const { token, now } = options
  let lastId = 10_185_150
  return createJsonSandbox({
    name: 'amoCRM',
    accepts: 'Принимает комплексное добавление сделок: /api/v4/leads/complex.',
    path: '/api/v4/leads/complex',
    now,
    secrets: [token],
    body: leadsBody,
    isAuthorized: ({ authorization }) => authorization === `Bearer ${token}`,
    unauthorized: jsonResponse(401, {
      title: 'Unauthorized',
      type: 'https://httpstatus.es/401',
      status: 401,
      detail: 'Invalid token',
    }),
    invalid: (deviations) =>
      jsonResponse(400, {
        'validation-errors': [
          {
            request_id: '0',
            errors: deviations.map(({ path, expected }) => ({ code: 'Invalid', path, detail: expected })),
          },
        ],
        title: 'Bad Request',
        type: 'https://httpstatus.es/400',
        status: 400,
        detail: 'Request validation failed',
      }),
    accepted: (body) =>
      jsonResponse(
        200,
        (Array.isArray(body) ? body : []).map(() => ({
          id: (lastId += 1),
          contact_id: lastId + 900_000,
          company_id: null,
          request_id: ['0'],
          merged: false,
        })),
      ),
    isAccepted: (status) => status === 200,
  })
}
