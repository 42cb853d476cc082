import { hashKey, isSameHash } from '../../runtime/hash.ts'
import { errorResponse } from '../responses.ts'

/** The error response to a request whose `Authorization` has none of these tokens; `undefined` if it has one. */
export function checkBearer(
  authorization: string | undefined,
  tokenHashes: readonly (string | undefined)[],
): Response | undefined {
  const [, token] = /^Bearer (\S+)$/i.exec(authorization ?? '') ?? []
  if (token === undefined) {
    const response = errorResponse('no-token', 'Expected a token: Authorization: Bearer <token>.')
    response.headers.set('www-authenticate', 'Bearer')
    return response
  }
  const hash = hashKey(token)
  if (tokenHashes.some((known) => known !== undefined && isSameHash(hash, known))) return undefined
  return errorResponse(
    'token',
    'This token is not known: "adminToken" in the relay\'s configuration names where it is kept.',
  )
}
