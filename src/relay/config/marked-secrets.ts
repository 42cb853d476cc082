import { is, optional, strictObject, string, union } from 'valibot'
import { type ResolvedSecrets, resolveSecrets, type SecretSources } from './secrets.ts'

/** How an option that may hold a secret names it; `prefix` is written before the secret: `Bearer `. */
export const markedReferenceSchema = union([
  strictObject({ env: string(), prefix: optional(string()) }),
  strictObject({ file: string(), prefix: optional(string()) }),
])

/**
 * Replaces the secrets in options that may hold one, `url` or every member of `headers.*`, by `{ secret: '…' }`, so that
 * an adapter knows what must not be shown.
 */
export async function resolveMarkedSecrets(
  candidate: Readonly<Record<string, unknown>>,
  sources: SecretSources,
  paths: readonly string[],
): Promise<ResolvedSecrets> {
  const options: Record<string, unknown> = { ...candidate }
  const problems: string[] = []
  for (const path of paths) {
    const [name = '', members] = path.split('.')
    const value = candidate[name]
    if (members === undefined) {
      options[name] = await mark(name, value)
    } else if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      const marked: Record<string, unknown> = {}
      for (const [member, each] of Object.entries(value))
        marked[member] = await mark(`${name}.${member}`, each)
      options[name] = marked
    }
    if (value === undefined) delete options[name]
  }
  return { options, problems }

  async function mark(at: string, value: unknown): Promise<unknown> {
    if (!is(markedReferenceSchema, value)) {
      if (typeof value !== 'object' || value === null || !('secret' in value)) return value
      // How an adapter gets a secret. In a configuration it would be a literal one.
      problems.push(...(await resolveSecrets({ [at]: '' }, sources, [at])).problems)
      return undefined
    }
    const { prefix = '', ...reference } = value
    const resolved = await resolveSecrets({ [at]: reference }, sources, [at])
    problems.push(...resolved.problems)
    const secret = resolved.options[at]
    return typeof secret === 'string' ? { secret: `${prefix}${secret.trim()}` } : undefined
  }
}
