import {
  boolean,
  check,
  type InferOutput,
  lazy,
  optional,
  picklist,
  pipe,
  regex,
  strictObject,
  string,
} from 'valibot'
import type { DatabaseConfig } from '../database/open-database.ts'
import { type ResolvedSecrets, resolveSecrets, type SecretSources } from './secrets.ts'

const expectedAddress = '"pglite:FOLDER" or "postgres://HOST/DATABASE"'
const expectedServer = '"postgres://USER:PASSWORD@HOST/DATABASE"'

/** `database` as a text. */
export const databaseAddressSchema = pipe(
  string(),
  regex(/^(pglite:.|postgres(ql)?:\/\/.)/, expectedAddress),
  check((address) => address.startsWith('pglite:') || URL.canParse(address), expectedAddress),
)

/** Remarks on a `database` with a password in the configuration itself, before its host or as a parameter. */
export function remarksOnAddress(database: InferOutput<typeof databaseSchema>): readonly string[] {
  if (typeof database === 'object' || database.startsWith('pglite:')) return []
  const { password, searchParams } = new URL(database)
  return password === '' && !searchParams.has('password')
    ? []
    : [
        'database: this address has a password, and configurations are copied, mailed and committed: better { "url": { "env": "NAME" } } or { "url": { "file": "PATH" } }',
      ]
}

/** The address of a PostgreSQL server, which may hold a password. */
export const serverUrlSchema = pipe(
  string(),
  regex(/^postgres(ql)?:\/\/./, expectedServer),
  check((url) => URL.canParse(url), expectedServer),
)

/** `database` as an object: a PostgreSQL server that differs from an ordinary one, or whose address is a secret. */
export const databaseServerSchema = strictObject({
  url: serverUrlSchema,
  backend: optional(
    picklist(['postgres', 'yugabytedb', 'citus'], '"postgres", "yugabytedb" or "citus"'),
    'postgres',
  ),
  prepare: optional(boolean(), true),
})

/** `database` in a configuration. */
export const databaseSchema = lazy((input) =>
  typeof input === 'object' ? databaseServerSchema : databaseAddressSchema,
)

/** Fills in the address of a server that the configuration names by an environment variable or a file. */
export async function resolveDatabaseUrl(
  candidate: unknown,
  sources: SecretSources,
): Promise<ResolvedSecrets> {
  const { database }: { readonly database?: unknown } = Object(candidate)
  if (typeof database !== 'object' || database === null) return { options: {}, problems: [] }
  const resolved = await resolveSecrets({ ...database }, sources, ['url'])
  return {
    // The schema does not complain once more about what is missing here.
    options: { database: resolved.problems.length > 0 ? undefined : resolved.options },
    problems: resolved.problems.map((problem) => `database.${problem}`),
  }
}

/** Where the leads are kept, from the validated `database`. */
export function toDatabaseConfig(database: InferOutput<typeof databaseSchema>): DatabaseConfig {
  if (typeof database === 'object') return { engine: 'postgres', ...database }
  return database.startsWith('pglite:')
    ? { engine: 'pglite', folder: database.slice('pglite:'.length) }
    : { engine: 'postgres', url: database, backend: 'postgres', prepare: true }
}
