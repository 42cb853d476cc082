import { array, record, safeParse, string, unknown } from 'valibot'
import { askedBy } from '../fields/composites.ts'
import { problemsOf, suggestion } from '../form/problems.ts'
import { type ProviderName, providers } from '../providers/registry.ts'
import { type Destination, isProviderName, openDestination, optionNames } from './destination.ts'
import { type Environment, fillSecrets } from './secrets.ts'
import { within } from './within.ts'

/** A form's destinations, or everything that is wrong with them; no problem repeats a value that was configured. */
export type Destinations =
  | { readonly destinations: readonly Destination[] }
  | { readonly problems: readonly string[] }

const entrySchema = record(string(), unknown())

/**
 * Opens a form's destinations from their entries in the configuration. `asked` are the names that its definition asks
 * for, where that could be read: a destination that could never accept such an application is refused.
 */
export function openDestinations(
  entries: unknown,
  env: Environment,
  asked: ReadonlySet<string> | undefined,
): Destinations {
  const list = safeParse(array(unknown(), 'a list'), entries)
  // That there is no list has been found where the form's entry was read.
  if (!list.success) return { problems: [] }
  const problems: string[] = []
  if (list.output.length > 1) {
    problems.push(
      `destinations: expected one destination, got ${list.output.length}: several are not supported yet`,
    )
  }
  const destinations: Destination[] = []
  const seen = new Map<string, number>()
  list.output.forEach((candidate, index) => {
    const path = `destinations.${index}`
    const entry = safeParse(entrySchema, candidate)
    if (!entry.success) {
      problems.push(...within(path, problemsOf(entrySchema, entry.issues)))
      return
    }
    const { provider, ...options } = entry.output
    if (!isProviderName(provider)) {
      problems.push(`${path}.provider: ${providerProblem(provider)}`)
      return
    }
    const count = (seen.get(provider) ?? 0) + 1
    seen.set(provider, count)
    const opened = open(provider, count === 1 ? provider : `${provider}-${count}`, options, env)
    if ('problems' in opened) {
      problems.push(...within(path, opened.problems))
      return
    }
    destinations.push(opened.destination)
    const missing = missingNames(opened.destination, asked)
    if (missing.length > 0) {
      problems.push(
        `${path}: ${provider} accepts no application without ${missing.join(', ')}: the definition must ask for it`,
      )
    }
  })
  return problems.length > 0 ? { problems } : { destinations }
}

function open(
  provider: ProviderName,
  key: string,
  candidate: Readonly<Record<string, unknown>>,
  env: Environment,
): ReturnType<typeof openDestination> {
  const known = optionNames(provider).filter((name) => name !== 'provider')
  const { options, problems: found } = fillSecrets(candidate, env)
  const wrong = [
    ...Object.keys(candidate)
      .filter((name) => !known.includes(name))
      .map(
        (name) =>
          `${name}: ${provider} has no such option${suggestion(name, known, `; it has ${known.join(', ')}`)}`,
      ),
    ...found,
    ...baseUrlProblems(options),
  ]
  const opened = openDestination(provider, key, options)
  if ('problems' in opened) {
    // A secret that is missing has been reported already.
    const reported = new Set(wrong.map((problem) => problem.split(':')[0]))
    wrong.push(...opened.problems.filter((problem) => !reported.has(problem.split(':')[0])))
  }
  return 'destination' in opened && wrong.length === 0 ? opened : { problems: wrong }
}

function providerProblem(provider: unknown): string {
  if (provider === undefined) return 'missing'
  const names = Object.keys(providers)
  const hint = typeof provider === 'string' ? suggestion(provider, names) : ''
  return `expected the name of a provider (${names.join(', ')})${hint}`
}

/** The fields that a destination cannot do without and that nobody would be asked. */
function missingNames({ requires }: Destination, asked: ReadonlySet<string> | undefined): readonly string[] {
  if (!asked) return []
  return [...new Set(requires.filter((name) => !asked.has(name)).map(askedBy))]
}

/** Personal data leaves this machine encrypted only, and a credential has its own option. */
function baseUrlProblems({ baseUrl }: Readonly<Record<string, unknown>>): readonly string[] {
  if (typeof baseUrl !== 'string' || !URL.canParse(baseUrl)) return []
  const { protocol, hostname, username, password } = new URL(baseUrl)
  const local = hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname)
  const problems: string[] = []
  if (protocol !== 'https:' && (protocol !== 'http:' || !local)) {
    problems.push('baseUrl: expected an https address (plain http only on this machine)')
  }
  if (username !== '' || password !== '') {
    problems.push('baseUrl: expected an address without a user name or a password')
  }
  return problems
}
