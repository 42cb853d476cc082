import { type CommandArguments, UsageError } from '../command.ts'

/**
 * The one option among `alternatives` that is given, with its value; each is described as the help writes it. Throws
 * {@link UsageError} if none or several are: a command that changes data never picks one of them.
 */
export function selectOne<Kind extends string>(
  command: string,
  options: CommandArguments['options'],
  alternatives: Readonly<Record<Kind, string>>,
): { readonly kind: Kind; readonly value: string } {
  const given = selectSome(options, alternatives)
  const [first] = given
  if (first && given.length === 1) return first
  const texts = Object.values<string>(alternatives)
  throw new UsageError(
    `${command}: expected exactly one of ${texts.slice(0, -1).join(', ')} and ${texts.at(-1) ?? ''}`,
  )
}

/** The options among `alternatives` that are given, with their values. */
export function selectSome<Kind extends string>(
  options: CommandArguments['options'],
  alternatives: Readonly<Record<Kind, unknown>>,
): readonly { readonly kind: Kind; readonly value: string }[] {
  const found: { readonly kind: Kind; readonly value: string }[] = []
  for (const kind in alternatives) {
    const value = options[kind]
    if (value !== undefined) found.push({ kind, value: String(value) })
  }
  return found
}
