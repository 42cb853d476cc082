import { randomBytes } from 'node:crypto'
import type { RelayConfig } from '../../../config/config.ts'
import type { Database } from '../../../database/database.ts'
import { hashKey, isSameHash } from '../../../runtime/hash.ts'
import type { ConsoleRole } from '../lead-answers.ts'

/** The cookie of a session. */
export const sessionCookie = 'anketa-console'

/** Who uses the console or the operator's routes. */
export interface AdminUser {
  readonly name: string
  readonly role: ConsoleRole
}

/** A session that is going on. */
export interface ConsoleSession extends AdminUser {
  /** Tells sessions apart. It opens nothing. */
  readonly id: string
  readonly expiresAt: Date
}

/** The sessions of the console. All relays of a database share them, and they survive a restart. */
export interface ConsoleSessions {
  /** Creates a session, and returns the token that its cookie holds. */
  create(user: SignedInUser, now: Date): Promise<{ readonly token: string; readonly session: ConsoleSession }>
  /** Finds the session of a token, and notes that it is used. */
  find(token: string, now: Date): Promise<ConsoleSession | undefined>
  end(token: string): Promise<void>
}

/** A user who has just proved who they are. */
export interface SignedInUser extends AdminUser {
  /** The hash of the password or of the admin token: another one ends the session. */
  readonly credentialHash: string
}

/** The user of the admin token. */
export const adminUserName = 'admin'

/** A session ends after this time, and earlier when it is not used for {@link idleMinutes}. */
export const sessionHours = 8
export const idleMinutes = 30

/** How exactly the last use of a session is noted. */
const noteSeconds = 60

/** Creates the sessions. The users are those of the configuration: one who is removed from it is signed out. */
export function createConsoleSessions(
  database: Database,
  { console: { users }, adminTokenHash }: Pick<RelayConfig, 'console' | 'adminTokenHash'>,
): ConsoleSessions {
  function findUser(name: string): SignedInUser | undefined {
    if (name === adminUserName) {
      return adminTokenHash === undefined
        ? undefined
        : { name, role: 'configure', credentialHash: hashKey(adminTokenHash) }
    }
    const user = users.find((candidate) => candidate.name === name)
    return user && { name, role: user.role, credentialHash: hashKey(user.password) }
  }

  return {
    async create({ name, role, credentialHash }, now) {
      const token = randomBytes(32).toString('base64url')
      await database.query('delete from anketa.console_sessions where created_at <= $1 or seen_at <= $2', [
        hoursBefore(now),
        minutesBefore(now),
      ])
      await database.query(
        `insert into anketa.console_sessions (token_hash, user_name, credential_hash, created_at, seen_at)
         values ($1, $2, $3, $4, $4)`,
        [hashKey(token), name, credentialHash, now],
      )
      return { token, session: { id: idOf(token), name, role, expiresAt: expiryOf(now) } }
    },

    async find(token, now) {
      const [row] = await database.query<{
        readonly name: string
        readonly credentialHash: string
        readonly createdAt: Date
        readonly seenAt: Date
      }>(
        `select user_name as name, credential_hash as "credentialHash", created_at as "createdAt", seen_at as "seenAt"
         from anketa.console_sessions where token_hash = $1`,
        [hashKey(token)],
      )
      if (!row) return undefined
      const user = findUser(row.name)
      const isOver = row.createdAt <= hoursBefore(now) || row.seenAt <= minutesBefore(now)
      if (!user || isOver || !isSameHash(user.credentialHash, row.credentialHash)) {
        await this.end(token)
        return undefined
      }
      if (now.getTime() - row.seenAt.getTime() >= noteSeconds * 1000) {
        await database.query('update anketa.console_sessions set seen_at = $2 where token_hash = $1', [
          hashKey(token),
          now,
        ])
      }
      return { id: idOf(token), name: user.name, role: user.role, expiresAt: expiryOf(row.createdAt) }
    },

    async end(token) {
      await database.query('delete from anketa.console_sessions where token_hash = $1', [hashKey(token)])
    },
  }
}

/** The token does not follow from it, nor does the hash by which the token is found. */
function idOf(token: string): string {
  return hashKey(`session ${hashKey(token)}`).slice(0, 22)
}

function expiryOf(createdAt: Date): Date {
  return new Date(createdAt.getTime() + sessionHours * 3600 * 1000)
}

function hoursBefore(now: Date): Date {
  return new Date(now.getTime() - sessionHours * 3600 * 1000)
}

function minutesBefore(now: Date): Date {
  return new Date(now.getTime() - idleMinutes * 60 * 1000)
}
