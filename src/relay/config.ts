import {
  check,
  integer,
  maxValue,
  minValue,
  number,
  optional,
  pipe,
  record,
  safeParse,
  strictObject,
  string,
  unknown,
} from 'valibot'
import { type FormResult, setUpForm, type SetupPorts } from './form-setup.ts'
import { problemsOf } from './problem.ts'
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

const schema = strictObject({
  $schema: optional(string()),
  port: optional(
    pipe(
      number(),
      integer('a whole number'),
      minValue(0, 'a port, 0 to 65535'),
      maxValue(65535, 'a port, 0 to 65535'),
    ),
    8787,
  ),
  host: optional(string()),
  database: optional(string(), 'pglite:./data'),
  publicUrl: optional(
    pipe(
      string(),
      check((text) => /^https?:/.test(text) && URL.canParse(text), 'an address, https://…'),
    ),
  ),
  trustProxy: optional(pipe(number(), integer('a whole number'), minValue(0, 'a number of proxies')), 0),
  adminToken: optional(unknown()),
  forms: record(string(), unknown()),
})

/** Names that may stand in an address and in the database. */
const formId = /^[\w-]{1,64}$/

/**
 * Checks a configuration (JSON, already read). A form that is wrong is refused alone and carries its problems; throws
 * {@link ConfigError} when there is nothing to run.
 */
export async function checkConfig(candidate: unknown, ports: SetupPorts): Promise<RelayConfig> {
  const result = safeParse(schema, candidate)
  if (!result.success) throw new ConfigError(problemsOf(result.issues))
  const { port, host, database, publicUrl, trustProxy, adminToken, forms: entries } = result.output
  const problems: string[] = []
  const [, folder] = /^pglite:(.+)$/.exec(database) ?? []
  if (folder === undefined) {
    problems.push(
      /^postgres(ql)?:/.test(database)
        ? 'database: expected "pglite:FOLDER": a Postgres server is not supported yet'
        : 'database: expected "pglite:FOLDER", got something else',
    )
  }
  if (adminToken !== undefined) problems.push(...fillSecrets({ adminToken }, ports.env).problems)
  if (Object.keys(entries).length === 0) problems.push('forms: expected at least one form, got none')
  for (const id of Object.keys(entries)) {
    if (!formId.test(id)) problems.push(`forms: expected names of letters, digits, - and _, got "${id}"`)
  }
  if (folder === undefined || problems.length > 0) throw new ConfigError(problems)
  const forms = new Map<string, FormResult>()
  for (const [id, entry] of Object.entries(entries)) forms.set(id, await setUpForm(id, entry, ports))
  return { port, host, folder, publicUrl, trustProxy, forms }
}
