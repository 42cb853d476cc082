import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { TokenResult } from '../../providers/core/provider.ts'
import type { Database } from '../database/database.ts'
import type { Leases } from '../database/leases.ts'

/** What an account needs for sharing its access token. */
export interface SharedTokenAccount {
  /** The name of the account in the database. */
  readonly name: string
  /** 32 bytes that are derived from the account's credentials, which every relay has and the database has not. */
  readonly sealingKey: Uint8Array
}

/** The access token of one account, for all relays of a database. */
export interface SharedToken {
  /** The token that another relay has fetched, or else a new one. */
  fetch(): Promise<TokenResult>
  /** A token that a call was rejected for is not used again. */
  reject(accessToken: string): void
}

/** A stored token is used while it has at least this number of seconds left. */
const leastSeconds = 90

/** How long a relay waits for another one that fetches the token. */
const waitMs = 25_000

interface StoredToken {
  readonly sealed: string
  readonly seconds: number
}

/**
 * Shares the access token of an account: a provider may accept the latest one only, and requests for tokens count as
 * calls. It is stored encrypted, with a key that is not in the database.
 */
export function createSharedToken(
  { database, leases }: { readonly database: Database; readonly leases: Leases },
  { name, sealingKey }: SharedTokenAccount,
  fetchNew: () => Promise<TokenResult>,
): SharedToken {
  let rejected: string | undefined

  async function load(): Promise<TokenResult | undefined> {
    const [row] = await database.query<StoredToken>(
      `select sealed, extract(epoch from expires_at - pgboss.job_now())::float8 as seconds
       from anketa.account_tokens where account = $1`,
      [name],
    )
    if (!row || row.seconds < leastSeconds) return undefined
    const accessToken = unseal(row.sealed, sealingKey)
    return accessToken === undefined || accessToken === rejected
      ? undefined
      : { accessToken, expiresInSeconds: row.seconds }
  }

  async function fetchAndStore(): Promise<TokenResult> {
    const known = await load()
    if (known) return known
    const token = await fetchNew()
    if ('accessToken' in token) {
      await database.query(
        `insert into anketa.account_tokens (account, sealed, expires_at)
         values ($1, $2, pgboss.job_now() + make_interval(secs => $3))
         on conflict (account) do update set sealed = excluded.sealed, expires_at = excluded.expires_at`,
        [name, seal(token.accessToken, sealingKey), token.expiresInSeconds],
      )
    }
    return token
  }

  return {
    async fetch() {
      const known = await load()
      if (known) return known
      const done = await leases.run(`access token ${name}`, fetchAndStore, { waitMs })
      return done?.result ?? { problem: 'another relay is fetching it', refused: false }
    },
    reject(accessToken) {
      rejected = accessToken
    },
  }
}

/** Encrypts a text with AES-256-GCM: nonce, tag and content in base64. */
function seal(text: string, key: Uint8Array): string {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  const content = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), content]).toString('base64')
}

/** Decrypts what `seal` has encrypted; `undefined` if that was another key, or something else. */
function unseal(sealed: string, key: Uint8Array): string | undefined {
  const bytes = Buffer.from(sealed, 'base64')
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12))
    decipher.setAuthTag(bytes.subarray(12, 28))
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8')
  } catch {
    return undefined
  }
}
