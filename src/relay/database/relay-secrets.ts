import { randomBytes } from 'node:crypto'
import type { Queryable } from './database.ts'

/** A secret that the relays of one database share. */
export type RelaySecretName = 'html-forms' | 'search' | 'protection'

/** Loads a secret of the database (64 hexadecimal digits), and creates it once. It never leaves the relays. */
export async function loadRelaySecret(database: Queryable, name: RelaySecretName): Promise<string> {
  // Of two relays that start together, both read the secret of the one that was first.
  await database.query(
    'insert into anketa.relay_secrets (name, secret) values ($1, $2) on conflict (name) do nothing',
    [name, randomBytes(32).toString('hex')],
  )
  const [row] = await database.query<{ readonly secret: string }>(
    'select secret from anketa.relay_secrets where name = $1',
    [name],
  )
  if (!row) throw new Error('The database did not keep a secret of the relay.')
  return row.secret
}
