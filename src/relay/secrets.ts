/** The relay's environment: secrets come from here only. */
export type Environment = Readonly<Record<string, string | undefined>>

/** Options that hold a credential, whatever the provider. */
const secretOptions: ReadonlySet<string> = new Set([
  'token',
  'accessToken',
  'clientSecret',
  'secretToken',
  'adminToken',
])

/** Options with their secrets filled in, and the names of those that came from the environment. */
export interface Filled {
  readonly options: Readonly<Record<string, unknown>>
  readonly secrets: ReadonlySet<string>
  readonly problems: readonly string[]
}

/**
 * Replaces every `{ "env": "NAME" }` by the variable's value. A credential written out is refused: configurations are
 * copied, mailed and committed.
 */
export function fillSecrets(candidate: Readonly<Record<string, unknown>>, environment: Environment): Filled {
  const options: Record<string, unknown> = {}
  const secrets = new Set<string>()
  const problems: string[] = []
  for (const [name, value] of Object.entries(candidate)) {
    const variable = variableOf(value)
    if (variable === undefined) {
      options[name] = value
      if (!secretOptions.has(name)) continue
      secrets.add(name)
      problems.push(
        `${name}: expected { "env": "NAME" }, the name of the environment variable that holds this secret; a secret itself does not belong into a configuration`,
      )
      continue
    }
    secrets.add(name)
    const secret = environment[variable]
    if (secret === undefined || secret === '') {
      problems.push(`${name}: the environment variable ${variable} is not set`)
    } else {
      options[name] = secret
    }
  }
  return { options, secrets, problems }
}

function variableOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || !('env' in value)) return undefined
  return typeof value.env === 'string' && Object.keys(value).length === 1 ? value.env : undefined
}
