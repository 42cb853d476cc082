import { check, pipe, strictObject, string, union } from 'valibot'

const httpAddress = pipe(
  string(),
  check((text) => /^https?:\/\//i.test(text) && URL.canParse(text), 'an address, https://…'),
)

/** An address that the operator chose. Where it holds a secret, it stands as `{ secret: 'https://…' }`. */
export const configuredAddress = union(
  [httpAddress, strictObject({ secret: httpAddress })],
  'an address, https://…',
)

/** An option that may be a secret. */
export type MaybeSecret = string | { readonly secret: string }

/** The text of an option, whether it is a secret or not. */
export function textOf(option: MaybeSecret): string {
  return typeof option === 'string' ? option : option.secret
}

/** The secrets among some options. */
export function secretsOf(options: readonly MaybeSecret[]): readonly string[] {
  return options.flatMap((option) => (typeof option === 'string' ? [] : [option.secret]))
}
