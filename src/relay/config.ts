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
import { problemsOf } from '../form/problems.ts'
import { type FormResult, setUpForm, type SetupPorts } from './form-setup.ts'
import { hashKey } from './key-hash.ts'
import { fillSecrets } from './secrets.ts'

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
  readonly forms: ReadonlyMap<string, FormResult>
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

const port = 'a port, 0 to 65535'
const proxies = 'a whole number of proxies, 0 or more'

/** Names that may stand in an address and in the database. */
const formId = pipe(string(), regex(/^[\w-]{1,64}$/, 'a name of letters, digits, - and _'))

const schema = strictObject({
  $schema: optional(string()),
  port: optional(pipe(number(), integer(port), minValue(0, port), maxValue(65535, port)), 8787),
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
    pipe(string(), check(isPublicAddress, 'an address without a user name or a password, https://…')),
  ),
  trustProxy: optional(pipe(number(), integer(proxies), minValue(0, proxies)), 0),
  adminToken: optional(unknown()),
  forms: pipe(
    record(formId, unknown()),
    check((entries) => Object.keys(entries).length > 0, 'at least one form'),
  ),
})

function isPublicAddress(text: string): boolean {
  if (!/^https?:/.test(text) || !URL.canParse(text)) return false
  const { username, password } = new URL(text)
  return username === '' && password === ''
}

/**
 * Checks a configuration (JSON, already read). A form that is wrong is refused alone and carries its problems; throws
 * {@link ConfigError} when there is nothing to run.
 */
export async function checkConfig(candidate: unknown, ports: SetupPorts): Promise<RelayConfig> {
  const result = safeParse(schema, candidate)
  const { adminToken }: { readonly adminToken?: unknown } = Object(candidate)
  const secrets =
    adminToken === undefined ? { options: {}, problems: [] } : fillSecrets({ adminToken }, ports.env)
  if (!result.success || secrets.problems.length > 0) {
    throw new ConfigError([...(result.success ? [] : problemsOf(schema, result.issues)), ...secrets.problems])
  }
  const { port: listenOn, host, database: folder, publicUrl, trustProxy, forms: entries } = result.output
  const forms = new Map<string, FormResult>()
  for (const [id, entry] of Object.entries(entries)) forms.set(id, await setUpForm(id, entry, ports))
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
