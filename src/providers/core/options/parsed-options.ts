import { type BaseIssue, type GenericSchema, getDotPath, safeParse } from 'valibot'
import type { Operation } from '../provider.ts'

/**
 * An operation that takes a provider's options as they are written, without defaults, as well as parsed ones. Throws a
 * `TypeError` that names the options that cannot be used.
 */
export function withParsedOptions<Config extends object, Context, Answer>(
  schema: GenericSchema<unknown, Config>,
  operation: Operation<Config, Context, Answer>,
): Operation<Config, Context, Answer> {
  // Callers pass the same options again and again.
  const parsed = new WeakMap<Config, Config>()
  const parseOnce = (options: Config): Config => {
    const known = typeof options === 'object' ? parsed.get(options) : undefined
    if (known) return known
    const result = safeParse(schema, options)
    if (!result.success) throw new TypeError(`The options cannot be used: ${describeIssues(result.issues)}`)
    parsed.set(options, result.output)
    return result.output
  }
  return {
    retry: operation.retry,
    request: (options, context) => operation.request(parseOnce(options), context),
    outcome: (result, options, context) => operation.outcome(result, parseOnce(options), context),
  }
}

/** No value is repeated: it may be a credential. */
function describeIssues(issues: readonly BaseIssue<unknown>[]): string {
  return issues
    .map((issue) => {
      const isOwn = !issue.message.startsWith('Invalid ')
      return `${getDotPath(issue) ?? 'options'}: expected ${isOwn ? issue.message : (issue.expected ?? 'another value')}`
    })
    .join('; ')
}
