import { array, record, safeParse, string, unknown } from 'valibot'
import { definitionNameOf } from '../../fields/composites.ts'
import { formatIssues, didYouMean } from '../../form/format-issues.ts'
import type {
  Destination,
  UnkeyedDestination,
  DestinationResult,
  BoundProvider,
  ProviderBindings,
} from '../destinations/destination.ts'
import { assignKeys } from '../destinations/destination-keys.ts'
import { type Environment, resolveSecrets } from './secrets.ts'
import { prefixPath } from './problems.ts'

/** A form's destinations, or everything that is wrong with them; no problem repeats a value that was configured. */
export type DestinationsResult =
  | { readonly destinations: readonly Destination[] }
  | { readonly problems: readonly string[] }

const entrySchema = record(string(), unknown())

/**
 * Opens a form's destinations from their entries in the configuration. `asked` are the names that its definition asks
 * for, where that could be read: a destination that could never accept such an application is refused.
 */
export async function parseDestinations(
  entries: unknown,
  { env, providers }: { readonly env: Environment; readonly providers: ProviderBindings },
  asked: ReadonlySet<string> | undefined,
): Promise<DestinationsResult> {
  const list = safeParse(array(unknown(), 'a list'), entries)
  // That there is no list has been found where the form's entry was read.
  if (!list.success) return { problems: [] }
  const problems: string[] = []
  const opened: { readonly id: string | undefined; readonly destination: UnkeyedDestination }[] = []
  const ids = new Set<string>()
  for (const [index, candidate] of list.output.entries()) {
    const path = `destinations.${index}`
    const entry = safeParse(entrySchema, candidate)
    if (!entry.success) {
      problems.push(...prefixPath(path, formatIssues(entrySchema, entry.issues)))
      continue
    }
    const { provider, id, ...options } = entry.output
    const found = typeof provider === 'string' && Object.hasOwn(providers, provider)
    const how = found ? providers[provider] : undefined
    if (!how) {
      problems.push(`${path}.provider: ${describeProviderProblem(provider, Object.keys(providers))}`)
      continue
    }
    if (id !== undefined && !isDestinationId(id)) problems.push(`${path}.id: expected ${expectedId}`)
    if (isDestinationId(id) && ids.has(id)) {
      problems.push(`${path}.id: expected an id of its own, another destination of this form has the same`)
    }
    if (isDestinationId(id)) ids.add(id)
    const result = await parseDestination(String(provider), how, options, env)
    if ('problems' in result) {
      problems.push(...prefixPath(path, result.problems))
      continue
    }
    const { destination } = result
    opened.push({ id: isDestinationId(id) ? id : undefined, destination })
    const missing = findMissingFields(destination, asked)
    if (missing.length > 0) {
      problems.push(
        `${path}: ${destination.provider} accepts no application without ${missing.join(', ')}: the definition must ask for it`,
      )
    }
  }
  return problems.length > 0 ? { problems } : { destinations: await assignKeys(opened) }
}

const expectedId = 'a name of letters, digits, - and _, at most 64 characters'

/** What an operator may call a destination, so that it is the same one whatever else changes. */
function isDestinationId(id: unknown): id is string {
  return typeof id === 'string' && /^[\w-]{1,64}$/.test(id)
}

async function parseDestination(
  provider: string,
  how: BoundProvider,
  candidate: Readonly<Record<string, unknown>>,
  env: Environment,
): Promise<DestinationResult> {
  const known = how.optionNames.filter((name) => name !== 'provider')
  const { options, problems: found } = resolveSecrets(candidate, env)
  const wrong = [
    ...Object.keys(candidate)
      .filter((name) => !known.includes(name))
      .map(
        (name) =>
          `${name}: ${provider} has no such option${didYouMean(name, known, `; it has ${known.join(', ')}`)}`,
      ),
    ...found,
    ...findBaseUrlProblems(options),
  ]
  const opened = await how.createDestination(options)
  if ('problems' in opened) {
    // A secret that is missing has been reported already.
    const reported = new Set(wrong.map((problem) => problem.split(':')[0]))
    wrong.push(...opened.problems.filter((problem) => !reported.has(problem.split(':')[0])))
  }
  return 'destination' in opened && wrong.length === 0 ? opened : { problems: wrong }
}

function describeProviderProblem(provider: unknown, names: readonly string[]): string {
  if (provider === undefined) return 'missing'
  const hint = typeof provider === 'string' ? didYouMean(provider, names) : ''
  return `expected the name of a provider (${names.join(', ')})${hint}`
}

/** The fields that a destination cannot do without and that nobody would be asked. */
function findMissingFields(
  { requires }: UnkeyedDestination,
  asked: ReadonlySet<string> | undefined,
): readonly string[] {
  if (!asked) return []
  return [...new Set(requires.filter((name) => !asked.has(name)).map(definitionNameOf))]
}

/** Personal data and credentials leave this machine encrypted only, and a credential has its own option. */
function findBaseUrlProblems(options: Readonly<Record<string, unknown>>): readonly string[] {
  return ['baseUrl', 'placesBaseUrl'].flatMap((name) => {
    const address = options[name]
    if (typeof address !== 'string' || !URL.canParse(address)) return []
    const { protocol, hostname, username, password } = new URL(address)
    const local = hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname)
    const problems: string[] = []
    if (protocol !== 'https:' && (protocol !== 'http:' || !local)) {
      problems.push(`${name}: expected an https address (plain http only on this machine)`)
    }
    if (username !== '' || password !== '') {
      problems.push(`${name}: expected an address without a user name or a password`)
    }
    return problems
  })
}
