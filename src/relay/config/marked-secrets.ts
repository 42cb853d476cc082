import { is, optional, strictObject, string } from 'valibot'
import { type Environment, type ResolvedSecrets, resolveSecrets } from './secrets.ts'

/** How an option that may hold a secret names it; `prefix` is written before the secret: `Bearer `. */
export const markedReferenceSchema = strictObject({ env: string(), prefix: optional(string()) })

/**
 * Replaces the secrets in options that may hold one, `url` or every member of `headers.*`, by `{ secret: '…' }`, so that
 * an adapter knows what must not be shown.
 */
export function resolveMarkedSecrets(
  candidate: Readonly<Record<string, unknown>>,
  environment: Environment,
  paths: readonly string[],
): ResolvedSecrets {
  const options: Record<string, unknown> = { ...candidate }
  const problems: string[] = []
  for (const path of paths) {
    const [name = '', members] = path.split('.')
    const value = candidate[name]
    if (members === undefined) {
      options[name] = mark(name, value)
    } else if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      const marked = Object.entries(value).map(([member, each]) => [member, mark(`${name}.${member}`, each)])
      options[name] = Object.fromEntries(marked)
    }
    if (value === undefined) delete options[name]
  }
  return { options, problems }

  function mark(at: string, value: unknown): unknown {
    if (!is(markedReferenceSchema, value)) {
      if (typeof value !== 'object' || value === null || !('secret' in value)) return value
      // How an adapter gets a secret. In a configuration it would be a literal one.
      problems.push(...resolveSecrets({ [at]: '' }, environment, [at]).problems)
      return undefined
    }
    const { prefix = '', ...reference } = value
    const resolved = resolveSecrets({ [at]: reference }, environment, [at])
    problems.push(...resolved.problems)
    const secret = resolved.options[at]
    return typeof secret === 'string' ? { secret: `${prefix}${secret.trim()}` } : undefined
  }
}
