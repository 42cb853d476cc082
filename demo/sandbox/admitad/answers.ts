import { type Answer, jsonAnswer } from '../answer.ts'

/** An error in the shape of Admitad's general help. */
export function errorAnswer(status: number, error: string, code: number, description: string): Answer {
  return jsonAnswer(status, { error, error_description: description, error_code: code })
}

/** Errors that have nothing to do with what was asked. */
export const faults = {
  tokenExpired: errorAnswer(401, 'invalid_token', 0, 'Token expired'),
  invalidToken: errorAnswer(401, 'invalid_token', 1, 'Invalid token'),
  noRights: errorAnswer(403, 'insufficient_scope', 2, 'Insufficient scope'),
  badRequest: errorAnswer(400, 'bad_request', 3, 'Bad request'),
  tooMany: errorAnswer(503, 'too_many_requests', 4, 'Too many requests'),
  notFound: errorAnswer(404, 'not_found', 3, 'Not found'),
  invalidClient: errorAnswer(401, 'invalid_client', 1, 'Invalid client'),
} as const satisfies Record<string, Answer>

/** A refusal that names parameters; nothing documents its shape. */
export function parameterErrors(details: Readonly<Record<string, readonly string[]>>): Answer {
  return jsonAnswer(400, {
    error: 'bad_request',
    error_description: 'Неверные параметры',
    error_code: 3,
    details,
  })
}
