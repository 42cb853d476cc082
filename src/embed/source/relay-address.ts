import { parseUrl } from '../options/parse-url.ts'

/**
 * Returns the address of a form on a relay without a query, a slash or a file at its end. Throws if it cannot be the
 * address of a form; calls `onProblem` with what is ignored.
 */
export function normalizeRelay(
  relay: string,
  onProblem: (problem: string) => void = () => undefined,
): string {
  const [, query] = relay.split(/[?#]/)
  const problem = (text: string) =>
    `the option "relay" (attribute data-relay) is "${relay}", expected https://<relay>/forms/<form>: ${text}`
  const address = trimAddress(relay)
  // The base is there for addresses that are relative to the page.
  const { protocol, pathname } = parseUrl(address, 'https://page') ?? {}
  if (/^[^/:]+(\.[^/:]+|:\d+)+(\/|$)/.test(address)) throw new TypeError(problem('the scheme is missing'))
  if (!protocol || !/^https?:$/.test(protocol)) throw new TypeError(problem('the scheme is another one'))
  if (!pathname || /^\/*$/.test(pathname)) throw new TypeError(problem('the path is missing'))
  if (query !== undefined) onProblem(problem(`"?${query}" is ignored`))
  return address
}

/** The address without what may follow that of a form: a query, a slash, the name of a file of the form. */
export function trimAddress(relay: string): string {
  return relay
    .replace(/[?#].*/, '')
    .trim()
    .replace(/(\/(form\.js|leads))?\/*$/, '')
}
