import {
  check,
  integer,
  maxValue,
  minValue,
  number,
  optional,
  pipe,
  record,
  regex,
  safeParse,
  strictObject,
  string,
  transform,
  unknown,
} from 'valibot'
import { formatIssues } from '../../form/format-issues.ts'
import { type FormConfigResult, parseFormConfig, type ConfigDeps } from './form-config.ts'
import { hashKey } from '../hash.ts'
import { resolveSecrets } from './secrets.ts'
import type { Routing } from '../leads/routing.ts'
import type { Destination } from '../destinations/destination.ts'

/** The relay's configuration, checked. */
export interface RelayConfig {
  readonly port: number
  /** The interface to listen on; all of them unless given. */
  readonly host?: string | undefined
  /** Folder of the embedded database. */
  readonly folder: string
  readonly publicUrl?: string | undefined
  /** How many proxies stand in front; 0: none, the caller's address is the connection's. */
  readonly trustProxy: number
  /** Hash of the operator's token; without one there are no operator's routes. */
  readonly adminTokenHash?: string | undefined
  readonly forms: ReadonlyMap<string, FormConfigResult>
}

/** A configuration that cannot be used, with every problem found. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(`The configuration cannot be used:\n${problems.map((problem) => `  ${problem}`).join('\n')}`)
    this.problems = problems
  }
}

const expectedPort = 'a port, 0 to 65535'
const expectedProxies = 'a whole number of proxies, 0 or more'

/** Names that may stand in an address and in the database. */
const formIdSchema = pipe(string(), regex(/^[\w-]{1,64}$/, 'a name of letters, digits, - and _'))

/** What the top level of a configuration may hold. */
export const relayConfigSchema = strictObject({
  $schema: optional(string()),
  port: optional(
    pipe(number(), integer(expectedPort), minValue(0, expectedPort), maxValue(65535, expectedPort)),
    8787,
  ),
  host: optional(string()),
  database: optional(
    pipe(
      string(),
      check(
        (text) => /^pglite:./.test(text),
        ({ input }) =>
          /^postgres(ql)?:/.test(input)
            ? '"pglite:FOLDER": a Postgres server is not supported yet'
            : '"pglite:FOLDER"',
      ),
      transform((text) => text.replace(/^pglite:/, '')),
    ),
    'pglite:./data',
  ),
  publicUrl: optional(
    pipe(string(), check(isPublicUrl, 'an address without a user name or a password, https://…')),
  ),
  trustProxy: optional(pipe(number(), integer(expectedProxies), minValue(0, expectedProxies)), 0),
  adminToken: optional(unknown()),
  forms: pipe(
    record(formIdSchema, unknown()),
    check((entries) => Object.keys(entries).length > 0, 'at least one form'),
  ),
})

function isPublicUrl(text: string): boolean {
  if (!/^https?:/.test(text) || !URL.canParse(text)) return false
  const { username, password } = new URL(text)
  return username === '' && password === ''
}

/**
 * Checks a configuration (JSON, already read). A form that is wrong is refused alone and carries its problems; throws
 * {@link ConfigError} when there is nothing to run.
 */
export async function parseConfig(candidate: unknown, ports: ConfigDeps): Promise<RelayConfig> {
  const result = safeParse(relayConfigSchema, candidate)
  const { adminToken }: { readonly adminToken?: unknown } = Object(candidate)
  const secrets =
    adminToken === undefined ? { options: {}, problems: [] } : resolveSecrets({ adminToken }, ports.env)
  if (!result.success || secrets.problems.length > 0) {
    throw new ConfigError([
      ...(result.success ? [] : formatIssues(relayConfigSchema, result.issues)),
      ...secrets.problems,
    ])
  }
  const { port: listenOn, host, database: folder, publicUrl, trustProxy, forms: entries } = result.output
  const forms = new Map<string, FormConfigResult>()
  for (const [id, entry] of Object.entries(entries)) forms.set(id, await parseFormConfig(id, entry, ports))
  const token = secrets.options['adminToken']
  return {
    port: listenOn,
    host,
    folder,
    publicUrl,
    trustProxy,
    adminTokenHash: typeof token === 'string' ? hashKey(token) : undefined,
    forms,
  }
}

/** A route whose destinations can be called. */
export interface FormRouting extends Routing {
  readonly destinations: readonly Destination[]
}

/** Where leads of a form go at this time: nowhere, if it is not configured or refused. */
export function createFormRouting({ forms }: Pick<RelayConfig, 'forms'>): (form: string) => FormRouting {
  return (form) => {
    const result = forms.get(form)
    return result && 'form' in result ? result.form : { mode: 'first-accepted', destinations: [] }
  }
}
