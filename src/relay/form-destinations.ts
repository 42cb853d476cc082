import { type Destination, isProviderName, openDestination, optionNames } from './destination.ts'
import { within } from './problem.ts'
import { type Environment, fillSecrets } from './secrets.ts'

/** A destination in the configuration: its provider, and that provider's options. */
export interface DestinationEntry {
  readonly provider: string
  readonly [option: string]: unknown
}

/** Opens a form's destinations from their entries, or tells everything that is wrong with them. */
export function openDestinations(
  entries: readonly DestinationEntry[],
  env: Environment,
): { readonly destinations: readonly Destination[] } | { readonly problems: readonly string[] } {
  const destinations: Destination[] = []
  const problems: string[] = []
  if (entries.length > 1) {
    problems.push(
      `destinations: expected one destination, got ${entries.length}: several are not supported yet`,
    )
  }
  const seen = new Map<string, number>()
  entries.forEach(({ provider, ...candidate }, index) => {
    const path = `destinations.${index}`
    if (!isProviderName(provider)) {
      problems.push(`${path}.provider: expected the name of a provider (devtek), got "${provider}"`)
      return
    }
    const count = (seen.get(provider) ?? 0) + 1
    seen.set(provider, count)
    const known = optionNames(provider)
    const { options, secrets, problems: found } = fillSecrets(candidate, env)
    const strangers = Object.keys(candidate).filter((name) => !known.includes(name))
    const wrong = [
      ...strangers.map((name) => `${name}: ${provider} has no such option; it has ${known.join(', ')}`),
      ...found,
      ...baseUrlProblems(options),
    ]
    const opened = openDestination(
      provider,
      count === 1 ? provider : `${provider}-${count}`,
      options,
      secrets,
    )
    if ('destination' in opened) destinations.push(opened.destination)
    else {
      // A secret that is missing has been reported already, by the name of its variable.
      const reported = new Set(wrong.map((problem) => problem.split(':')[0]))
      wrong.push(...opened.problems.filter((problem) => !reported.has(problem.split(':')[0])))
    }
    problems.push(...within(path, wrong))
  })
  return problems.length > 0 ? { problems } : { destinations }
}

/** Personal data leaves this machine encrypted only. */
function baseUrlProblems({ baseUrl }: Readonly<Record<string, unknown>>): readonly string[] {
  if (typeof baseUrl !== 'string' || !URL.canParse(baseUrl)) return []
  const { protocol, hostname } = new URL(baseUrl)
  const local = hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname)
  if (protocol === 'https:' || (protocol === 'http:' && local)) return []
  return [`baseUrl: expected an https address (plain http only on this machine), got "${baseUrl}"`]
}
