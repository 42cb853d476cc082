import { type SandboxResponse, jsonResponse } from '../core/response.ts'
import type { AdmitadMode } from './switches.ts'

/** An error in the shape of Admitad's general documentation. */
export function errorResponse(
  status: number,
  error: string,
  code: number,
  description: string,
): SandboxResponse {
  return jsonResponse(status, { error, error_description: description, error_code: code })
}

/** Errors that do not depend on the call. */
export const errorResponses = {
  tokenExpired: errorResponse(401, 'invalid_token', 0, 'Token expired'),
  invalidToken: errorResponse(401, 'invalid_token', 1, 'Invalid token'),
  noRights: errorResponse(403, 'insufficient_scope', 2, 'Insufficient scope'),
  badRequest: errorResponse(400, 'bad_request', 3, 'Bad request'),
  tooMany: errorResponse(503, 'too_many_requests', 4, 'Too many requests'),
  notFound: errorResponse(404, 'not_found', 3, 'Not found'),
  invalidClient: errorResponse(401, 'invalid_client', 1, 'Invalid client'),
} as const satisfies Record<string, SandboxResponse>

/** A refusal that names parameters. Its shape is not documented. */
export function parameterErrorsResponse(
  details: Readonly<Record<string, readonly string[]>>,
): SandboxResponse {
  return jsonResponse(400, {
    error: 'bad_request',
    error_description: 'Неверные параметры',
    error_code: 3,
    details,
  })
}

/** The response of modes in which every call fails; `undefined` for the other modes. */
export function modeErrorResponse(mode: 'strict' | AdmitadMode): SandboxResponse | undefined {
  switch (mode) {
    case 'bad-request':
      return errorResponses.badRequest
    case 'error-200':
      return { ...errorResponses.badRequest, status: 200 }
    case 'invalid-token':
      return errorResponses.invalidToken
    case 'no-rights':
      return errorResponses.noRights
    case 'strict':
    case 'mixed':
    case 'none':
    case 'declined':
    case 'approved':
    case 'waiting':
    case 'error':
    case 'field-error':
      return undefined
  }
}
