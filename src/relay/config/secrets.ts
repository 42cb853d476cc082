/** The relay's environment: secrets come from here only. */
export type Environment = Readonly<Record<string, string | undefined>>

/** Options that hold a credential, whatever the provider. */
const secretOptionNames: ReadonlySet<string> = new Set([
  'token',
  'accessToken',
  'clientSecret',
  'secretToken',
  'adminToken',
])

/** Options with their secrets filled in. */
export interface ResolvedSecrets {
  readonly options: Readonly<Record<string, unknown>>
  readonly problems: readonly string[]
}

/**
 * Replaces every `{ "env": "NAME" }` by the variable's value. A credential written out is refused: configurations are
 * copied, mailed and committed.
 */
export function resolveSecrets(
  candidate: Readonly<Record<string, unknown>>,
  environment: Environment,
): ResolvedSecrets {
  const options: Record<string, unknown> = {}
  const problems: string[] = []
  for (const [name, value] of Object.entries(candidate)) {
    const variable = parseEnvReference(value)
    if (variable === undefined) {
      options[name] = value
      if (!secretOptionNames.has(name)) continue
      problems.push(
        `${name}: expected { "env": "NAME" }, the name of the environment variable that holds this secret; a secret itself does not belong into a configuration`,
      )
      continue
    }
    const secret = environment[variable]
    if (secret === undefined || secret === '') {
      // Not by its name: a secret that was put there by mistake must not be shown.
      problems.push(`${name}: the environment variable that it names is not set`)
    } else {
      options[name] = secret
    }
  }
  return { options, problems }
}

function parseEnvReference(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || !('env' in value)) return undefined
  return typeof value.env === 'string' && Object.keys(value).length === 1 ? value.env : undefined
}
