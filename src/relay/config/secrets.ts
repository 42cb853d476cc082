import { is, strictObject, string } from 'valibot'

/** The relay's environment variables: the only source of secrets. */
export type Environment = Readonly<Record<string, string | undefined>>

/** How a configuration names a secret: by the environment variable that holds it. */
export const secretReferenceSchema = strictObject({ env: string() })

/** Options with their secrets filled in. */
export interface ResolvedSecrets {
  readonly options: Readonly<Record<string, unknown>>
  readonly problems: readonly string[]
}

/**
 * Replaces every `{ "env": "NAME" }` by the variable's value. A literal value is refused for the options in
 * `secretNames`: configurations are copied, mailed and committed.
 */
export function resolveSecrets(
  candidate: Readonly<Record<string, unknown>>,
  environment: Environment,
  secretNames: readonly string[],
): ResolvedSecrets {
  const options: Record<string, unknown> = {}
  const problems: string[] = []
  for (const [name, value] of Object.entries(candidate)) {
    if (!is(secretReferenceSchema, value)) {
      options[name] = value
      if (!secretNames.includes(name)) continue
      problems.push(
        `${name}: expected { "env": "NAME" }, the name of the environment variable that holds this secret; a secret itself does not belong into a configuration`,
      )
      continue
    }
    const secret = environment[value.env]
    if (secret === undefined || secret === '') {
      // The variable is not named: it may be a secret that was entered by mistake.
      problems.push(`${name}: the environment variable that it names is not set`)
    } else {
      options[name] = secret
    }
  }
  return { options, problems }
}

/** Resolves the admin token of a configuration; no options if it has none. */
export function resolveAdminToken(candidate: unknown, environment: Environment): ResolvedSecrets {
  const { adminToken }: { readonly adminToken?: unknown } = Object(candidate)
  if (adminToken === undefined) return { options: {}, problems: [] }
  return resolveSecrets({ adminToken }, environment, ['adminToken'])
}
