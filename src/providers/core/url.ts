import { check, pipe, strictObject, string, union } from 'valibot'

/** An address below a base, which may end with slashes. `path` has no slash at its beginning. */
export function joinUrl(baseUrl: string, path: string): string {
  return `${baseUrl.replace(/\/+$/, '')}/${path}`
}

/** An address without its query and fragment. */
export function stripQuery(url: string): string {
  return url.replace(/[?#].*$/s, '')
}

/** An option that may be a secret. */
export type MaybeSecret = string | { readonly secret: string }

/**
 * Creates the schema of an address that the operator chooses. Where it holds a secret, it stands as
 * `{ secret: 'https://…' }`. A function, so that it adds nothing to the adapters of pages, which do not call it.
 */
export function createAddressSchema() {
  const expected = 'an address, https://…'
  const address = pipe(
    string(),
    check((text) => /^https?:\/\//i.test(text) && URL.canParse(text), expected),
  )
  return union([address, strictObject({ secret: address })], expected)
}

/** The text of an option, whether it is a secret or not. */
export function textOf(option: MaybeSecret): string {
  return typeof option === 'string' ? option : option.secret
}

/**
 * An address that is a secret, and the parts of it that a provider may quote alone: values of its query, and parts of its
 * path that are long enough to be a key.
 */
export function secretsOfAddress(address: MaybeSecret): readonly string[] {
  if (typeof address === 'string') return []
  const { href, searchParams, pathname } = new URL(address.secret)
  const keys = [...searchParams.values(), ...pathname.split('/')].filter((part) =>
    /^[\w~+=%-]{8,}$/.test(part),
  )
  return [...new Set([address.secret, href, ...keys])]
}

/** The secrets among some options. */
export function secretsOf(options: readonly MaybeSecret[]): readonly string[] {
  return options.flatMap((option) => (typeof option === 'string' ? [] : [option.secret]))
}
