import { isIP } from 'node:net'
import {
  array,
  boolean,
  check,
  minEntries,
  optional,
  picklist,
  pipe,
  record,
  regex,
  safeParse,
  strictObject,
  string,
  unknown,
} from 'valibot'
import { formatIssues } from '../../form/format-issues.ts'
import { type FormConfigResult, parseFormConfig, type ConfigDeps } from './form-config.ts'
import type { DatabaseConfig } from '../database/open-database.ts'
import type { EncryptionConfig } from '../database/encryption/key-ring.ts'
import { type ConsoleConfig, consoleSchema } from './console-config.ts'
import { databaseSchema, remarksOnAddress, resolveDatabaseUrl, toDatabaseConfig } from './database-config.ts'
import { hashKey } from '../runtime/hash.ts'
import type { LogFormat } from '../log.ts'
import { parseReceivers } from './message-config.ts'
import { dataKeysSchema, resolveKeys } from './encryption-config.ts'
import {
  type ResolvedSignedConsents,
  resolveSignedConsents,
  type SignedConsentsConfig,
  signedConsentsSchema,
} from './signed-consents-config.ts'
import { resolveOperatorTokens } from './secrets.ts'
import { findLists } from './values/find-lists.ts'
import { maxDays, boundedCount } from './values/bounded-count.ts'
import type { Routing } from '../leads/routing.ts'
import type { MessageReceiver } from '../messages/receiver.ts'
import type { Destination } from '../destinations/destination.ts'

/** The relay's validated configuration. */
export interface RelayConfig {
  readonly port: number
  /** The interface to listen on; all of them by default. */
  readonly host?: string | undefined
  readonly database: DatabaseConfig
  /** Bytes that must be free on the disk of the embedded database for leads to be taken. */
  readonly reserveBytes: number
  readonly publicUrl?: string | undefined
  /** The number of proxies in front of the relay; with 0 the client's address is the connection's. */
  readonly trustProxy: number
  /** How many leads a minute are taken from one address, and with one phone. */
  readonly limits: { readonly perAddress: number; readonly perPhone: number }
  /** The hash of the admin token. Without one there are no `/admin` routes. */
  readonly adminTokenHash?: string | undefined
  /** The hash of the token that reads nothing but `/metrics`. */
  readonly metricsTokenHash?: string | undefined
  /** The operator's console. It needs an admin token. */
  readonly console: ConsoleConfig
  readonly log: LogFormat
  /** What the operator should change, although the relay runs with it. They hold no configured value. */
  readonly remarks?: readonly string[]
  /** Whether events of forms are counted for the console. */
  readonly statistics: boolean
  /** Who is informed of leads by notifications and postbacks. */
  readonly receivers: readonly MessageReceiver[]
  /** The keys for what people enter. */
  readonly encryption: EncryptionConfig
  /** Leads are erased after this number of days; never without. */
  readonly retentionDays?: number | undefined
  /** Partial leads are erased after this number of days. */
  readonly partialDays: number
  /** PDFs of consents, if they are made. */
  readonly signedConsents?: SignedConsentsConfig | undefined
  readonly forms: ReadonlyMap<string, FormConfigResult>
}

/** A configuration that cannot be used, with all its problems. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(`The configuration cannot be used:\n${problems.map((problem) => `  ${problem}`).join('\n')}`)
    this.problems = problems
  }
}

const expectedHost = 'a host name or an IP address, without http:// and without a port: "127.0.0.1"'
const limitSchema = boundedCount('leads a minute', 1, 1_000_000)

/** Thousands of people share one address of a mobile carrier. */
const defaultLimits = { perAddress: 300, perPhone: 5 }

/** Form names: they appear in URLs and in the database. */
const formIdSchema = pipe(string(), regex(/^[\w-]{1,64}$/, 'a name of letters, digits, - and _'))

/** What the top level of a configuration may hold. */
export const relayConfigSchema = strictObject({
  $schema: optional(string()),
  port: optional(boundedCount('port', 0, 65_535), 8787),
  host: optional(pipe(string(), check(isHost, expectedHost))),
  database: optional(databaseSchema, 'pglite:./data'),
  reserveMegabytes: optional(boundedCount('megabytes', 64, 1_000_000), 256),
  publicUrl: optional(
    pipe(
      string(),
      check(isPublicUrl, 'an address without a user name, a password, a query and a fragment, https://…'),
    ),
  ),
  trustProxy: optional(boundedCount('proxies', 0, 100), 0),
  limits: optional(
    strictObject({
      perAddress: optional(limitSchema, defaultLimits.perAddress),
      perPhone: optional(limitSchema, defaultLimits.perPhone),
    }),
  ),
  adminToken: optional(unknown()),
  metricsToken: optional(unknown()),
  console: optional(consoleSchema),
  notify: optional(array(unknown(), 'a list')),
  postbacks: optional(array(unknown(), 'a list')),
  dataKeys: optional(dataKeysSchema),
  searchKey: optional(unknown()),
  retentionDays: optional(boundedCount('days', 1, maxDays)),
  partialDays: optional(boundedCount('days', 1, maxDays), 7),
  signedConsents: optional(signedConsentsSchema),
  statistics: optional(boolean('true or false'), true),
  log: optional(picklist(['text', 'json'], '"text" or "json"'), 'text'),
  forms: pipe(record(formIdSchema, unknown()), minEntries(1, 'at least one form')),
})

/** Whether a server can listen on it, as far as its spelling says. */
function isHost(text: string): boolean {
  return isIP(text) !== 0 || /^[a-z\d]([a-z\d-]*[a-z\d])?(\.[a-z\d]([a-z\d-]*[a-z\d])?)*\.?$/i.test(text)
}

function isPublicUrl(text: string): boolean {
  if (!/^https?:[^?#]+$/.test(text) || !URL.canParse(text)) return false
  const { username, password } = new URL(text)
  return username === '' && password === ''
}

/**
 * Validates a configuration (parsed JSON). An invalid form is refused alone, with its problems. Throws
 * {@link ConfigError} if the configuration as a whole is invalid.
 */
export async function parseConfig(candidate: unknown, deps: ConfigDeps): Promise<RelayConfig> {
  const server = await resolveDatabaseUrl(candidate, deps)
  const resolved = 'database' in server.options ? { ...Object(candidate), ...server.options } : candidate
  const result = safeParse(relayConfigSchema, resolved)
  const secrets = await resolveOperatorTokens(candidate, deps)
  const keys = await resolveKeys(candidate, deps)
  const messages = await parseReceivers(listsOf(candidate), deps)
  const signed: ResolvedSignedConsents = result.success
    ? await resolveSignedConsents(result.output, keys.encryption.dataKeys.length > 0)
    : { problems: [] }
  const problems = [
    ...secrets.problems,
    ...signed.problems,
    ...server.problems,
    ...keys.problems,
    ...('problems' in messages ? messages.problems : []),
  ]
  const lists = findLists(relayConfigSchema, resolved)
  if (!result.success || lists.length > 0 || problems.length > 0) {
    const own = result.success ? [] : formatIssues(relayConfigSchema, result.issues)
    throw new ConfigError([...(lists.length > 0 ? lists : own), ...problems])
  }
  const { port, host, database, reserveMegabytes, publicUrl, trustProxy, log, forms: entries } = result.output
  const receivers = 'receivers' in messages ? messages.receivers : []
  const { limits = defaultLimits } = result.output
  const { retentionDays, partialDays } = result.output
  const forms = new Map<string, FormConfigResult>()
  for (const [id, entry] of Object.entries(entries)) {
    const parsed = await parseFormConfig(id, entry, deps)
    forms.set(id, 'form' in parsed ? { form: { ...parsed.form, subscriptions: receivers } } : parsed)
  }
  return {
    port,
    host,
    database: toDatabaseConfig(database),
    reserveBytes: reserveMegabytes * 1024 * 1024,
    publicUrl,
    trustProxy,
    statistics: result.output.statistics,
    limits,
    adminTokenHash: hashToken(secrets.options['adminToken']),
    metricsTokenHash: hashToken(secrets.options['metricsToken']),
    console: result.output.console ?? { users: [], edit: false },
    log,
    remarks: [...secrets.remarks, ...remarksOnAddress(database)],
    receivers,
    encryption: keys.encryption,
    retentionDays,
    partialDays,
    signedConsents: signed.signedConsents,
    forms,
  }
}

/** The lists of receivers, if they are lists: the schema reports those that are not. */
function listsOf(candidate: unknown): Parameters<typeof parseReceivers>[0] {
  const { notify, postbacks }: { readonly notify?: unknown; readonly postbacks?: unknown } = Object(candidate)
  return {
    notify: Array.isArray(notify) ? notify : [],
    postbacks: Array.isArray(postbacks) ? postbacks : [],
  }
}

function hashToken(token: unknown): string | undefined {
  return typeof token === 'string' ? hashKey(token) : undefined
}

/** The routing of a form whose destinations can be called. */
export interface FormRouting extends Routing {
  readonly destinations: readonly Destination[]
}

/** Returns the current routing of a form. A form that is refused or not configured has no destinations. */
export function createFormRouting({
  forms,
  receivers,
}: Pick<RelayConfig, 'forms' | 'receivers'>): (form: string) => FormRouting {
  return (form) => {
    const result = forms.get(form)
    return result && 'form' in result
      ? result.form
      : { mode: 'first-accepted', destinations: [], subscriptions: receivers }
  }
}
