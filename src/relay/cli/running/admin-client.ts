import type { Fetch } from '../../../delivery/send-http.ts'
import type { RelayConfig } from '../../config/config.ts'
import { localAddress, readLocalKey, readOwnerAddress } from '../../database/directory-lock.ts'
import { parseJson } from '../../../providers/core/json.ts'
import { resolveOperatorTokens, type SecretSources } from '../../config/secrets.ts'
import { CommandError } from '../command.ts'

/** Calls the `/admin` routes of the running relay with the admin token. */
export type AdminClient = (path: string, init?: RequestInit) => Promise<Response>

/**
 * Creates a client of the relay that uses the configuration's database, at the address that it has recorded or at the
 * configured port. Throws {@link CommandError} if there is neither an admin token nor a local key.
 */
export async function createAdminClient(
  config: RelayConfig,
  candidate: unknown,
  sources: SecretSources,
  fetch: Fetch,
): Promise<AdminClient> {
  const { database, host, port } = config
  const folder = database.engine === 'pglite' ? database.folder : undefined
  // The key that only the users of the folder can read. It is the relay's own, whatever the configuration says now.
  const token =
    (folder === undefined ? undefined : readLocalKey(folder)) ??
    (await resolveOperatorTokens(candidate, sources)).options['adminToken']
  if (typeof token !== 'string') {
    throw new CommandError(
      'The database is in use by another program, so this command has to go through it, and there is neither an admin token nor a key in the folder: stop that program while the command runs.',
    )
  }
  const recorded = folder === undefined ? undefined : readOwnerAddress(folder)
  const base = recorded ?? localAddress(host, port)
  return async (path, init = {}) => {
    const headers = { ...Object.fromEntries(new Headers(init.headers)), authorization: `Bearer ${token}` }
    const response = await fetch(`${base}${path}`, { ...init, headers, redirect: 'error' }).catch(
      (error: unknown) => {
        throw new CommandError(`The running relay does not answer at ${base}: ${describeNetworkError(error)}`)
      },
    )
    if (response.ok) return response
    throw new CommandError(
      `The running relay refused (status ${response.status}): ${await readErrorMessage(response)}`,
    )
  }
}

function describeNetworkError(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined
  if (cause instanceof Error && 'code' in cause) return String(cause.code)
  return error instanceof Error ? error.message : String(error)
}

async function readErrorMessage(response: Response): Promise<string> {
  const body: { readonly error?: { readonly message?: unknown; readonly problems?: unknown } } = Object(
    parseJson(await response.text()),
  )
  const { message, problems = [] } = body.error ?? {}
  if (typeof message !== 'string') return 'another program seems to answer there'
  const lines = Array.isArray(problems) ? problems.map((problem) => `\n  ${String(problem)}`) : []
  return `${message}${lines.join('')}`
}
