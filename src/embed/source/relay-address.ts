import { parseUrl } from '../options/parse-url.ts'

/**
 * Returns the address of a form on a relay without a query and without a slash at its end. Throws if it cannot be the
 * address of a form; calls `onProblem` with what is ignored.
 */
export function normalizeRelay(
  relay: string,
  onProblem: (problem: string) => void = () => undefined,
): string {
  const [address = '', query] = relay.split(/[?#]/)
  const problem = (text: string) =>
    `the option "relay" (attribute data-relay) is "${relay}", expected https://<relay>/forms/<form>: ${text}`
  if (/^[\w-]+(\.[\w-]+)+(:\d+)?\//.test(relay)) throw new TypeError(problem('the scheme is missing'))
  const clean = address.replace(/\/+$/, '')
  // The base is there for addresses that are relative to the page.
  if (/^\/*$/.test(parseUrl(clean, 'https://page')?.pathname ?? ''))
    throw new TypeError(problem('the path is missing'))
  if (query !== undefined) onProblem(problem(`"?${query}" is ignored`))
  return clean
}
