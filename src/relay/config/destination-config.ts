import { array, is, pipe, record, regex, safeParse, string, unknown } from 'valibot'
import { definitionNameOf } from '../../fields/composites.ts'
import { formatIssues, didYouMean } from '../../form/format-issues.ts'
import type {
  Destination,
  UnkeyedDestination,
  DestinationResult,
  BoundProvider,
  ProviderBindings,
} from '../destinations/destination.ts'
import { assignKeys, type DestinationEntry } from '../destinations/destination-keys.ts'
import { isPrivateHost } from '../destinations/private-address.ts'
import { resolveMarkedSecrets } from './marked-secrets.ts'
import { resolveSecrets, type SecretSources } from './secrets.ts'
import { prefixPath } from './problems.ts'
import { destinationRuleNames, parseDestinationRules } from './routing-config.ts'
import type { DestinationRules } from '../leads/routing/rules.ts'

/** A form's destinations, or all their problems. No problem repeats a configured value. */
export type DestinationsResult =
  | {
      readonly destinations: readonly Destination[]
      /** What destinations take, by their keys, where that is restricted. */
      readonly rules: ReadonlyMap<string, DestinationRules>
    }
  | { readonly problems: readonly string[] }

const entrySchema = record(string(), unknown())
const expectedId = 'a name of letters, digits, - and _, at most 64 characters'

/** An operator's id of a destination. It identifies the destination even if all its options change. */
export const destinationIdSchema = pipe(string(), regex(/^[\w-]{1,64}$/, expectedId))

/**
 * Parses a form's destinations. `asked` are the fields that the form's definition asks for, if the definition could be
 * read: a destination that could never accept such an application is refused.
 */
export async function parseDestinations(
  entries: unknown,
  { providers, ...sources }: SecretSources & { readonly providers: ProviderBindings },
  asked: ReadonlySet<string> | undefined,
): Promise<DestinationsResult> {
  const list = safeParse(array(unknown(), 'a list'), entries)
  // The schema of the form's entry has reported a missing list.
  if (!list.success) return { problems: [] }
  const problems: string[] = []
  const parsed: (DestinationEntry & { readonly rules: DestinationRules | undefined })[] = []
  const ids = new Set<string>()
  for (const [index, candidate] of list.output.entries()) {
    const path = `destinations.${index}`
    const entry = safeParse(entrySchema, candidate)
    if (!entry.success) {
      problems.push(...prefixPath(path, formatIssues(entrySchema, entry.issues)))
      continue
    }
    const { provider, id: ownId, ...settings } = entry.output
    const isKnown = typeof provider === 'string' && Object.hasOwn(providers, provider)
    const binding = isKnown ? providers[provider] : undefined
    if (!binding) {
      problems.push(`${path}.provider: ${describeProviderProblem(provider, Object.keys(providers))}`)
      continue
    }
    const ruled = parseDestinationRules(settings, asked)
    if ('problems' in ruled) problems.push(...prefixPath(path, ruled.problems))
    const options = omit(settings, destinationRuleNames)
    // What the operator describes has a name of its own, because nothing else tells two of them apart for good.
    const takesName = binding.optionNames.includes('name')
    const isNamed = ownId === undefined && (binding.hasName || !takesName) && options['name'] !== undefined
    const id = isNamed ? options['name'] : ownId
    const at = isNamed ? `${path}.name` : `${path}.id`
    if (!takesName && ownId !== undefined && options['name'] !== undefined) {
      problems.push(`${path}.name: expected either an id or a name, which mean the same`)
    }
    if (id !== undefined && !is(destinationIdSchema, id)) problems.push(`${at}: expected ${expectedId}`)
    if (is(destinationIdSchema, id) && ids.has(id)) {
      problems.push(`${at}: expected an id of its own, another destination of this form has the same`)
    }
    if (is(destinationIdSchema, id)) ids.add(id)
    const result = await parseDestination(
      String(provider),
      binding,
      takesName ? options : omit(options, ['name']),
      sources,
    )
    if ('problems' in result) {
      problems.push(...prefixPath(path, result.problems))
      continue
    }
    const { destination } = result
    const rules = 'rules' in ruled ? ruled.rules : undefined
    parsed.push({ id: is(destinationIdSchema, id) ? id : undefined, destination, rules })
    const missing = findMissingFields(destination, asked)
    if (missing.length > 0) {
      problems.push(
        `${path}: ${destination.provider} accepts no application without ${missing.join(', ')}: the definition must ask for it`,
      )
    }
  }
  if (problems.length > 0) return { problems }
  const destinations = await assignKeys(parsed)
  const rules = destinations.flatMap(({ key }, index): readonly (readonly [string, DestinationRules])[] => {
    const own = parsed[index]?.rules
    return own ? [[key, own]] : []
  })
  return { destinations, rules: new Map(rules) }
}

function omit(
  options: Readonly<Record<string, unknown>>,
  names: readonly string[],
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(options).filter(([name]) => !names.includes(name)))
}

async function parseDestination(
  provider: string,
  binding: BoundProvider,
  candidate: Readonly<Record<string, unknown>>,
  sources: SecretSources,
): Promise<DestinationResult> {
  const known = binding.optionNames.filter((name) => name !== 'provider')
  const marked = await resolveMarkedSecrets(candidate, sources, binding.secretPaths)
  const resolved = await resolveSecrets(marked.options, sources, binding.secretNames)
  const { options } = resolved
  const secretProblems = [...marked.problems, ...resolved.problems]
  const problems = [
    ...Object.keys(candidate)
      .filter((name) => !known.includes(name))
      .map(
        (name) =>
          `${name}: ${provider} has no such option${didYouMean(name, known, `; it has ${known.join(', ')}`)}`,
      ),
    ...secretProblems,
    ...findBaseUrlProblems(options),
    ...findUrlProblems(options),
  ]
  const textNames = Object.keys(candidate).filter(
    (name) => typeof candidate[name] === 'object' && typeof options[name] === 'string',
  )
  const result = await binding.createDestination(options, textNames)
  if ('problems' in result) {
    // A missing secret has been reported already.
    const reported = new Set(problems.map((problem) => problem.split(':')[0]))
    problems.push(...result.problems.filter((problem) => !reported.has(problem.split(':')[0])))
  }
  return 'destination' in result && problems.length === 0 ? result : { problems }
}

function describeProviderProblem(provider: unknown, names: readonly string[]): string {
  if (provider === undefined) return 'missing'
  const hint = typeof provider === 'string' ? didYouMean(provider, names) : ''
  return `expected the name of a provider (${names.join(', ')})${hint}`
}

/** The fields that a destination requires and the form does not ask for. */
function findMissingFields(
  { requires }: UnkeyedDestination,
  asked: ReadonlySet<string> | undefined,
): readonly string[] {
  if (!asked) return []
  return [...new Set(requires.filter((name) => !asked.has(name)).map(definitionNameOf))]
}

/** Parameters of an address that carry credentials, by their names. */
const credentialName = /token|secret|passw|api[_-]?key|^key$|^auth|signature|^pwd$/i

/** Options that hold an address to which personal data is sent. */
export const baseUrlOptions = ['baseUrl', 'placesBaseUrl'] as const

/** Personal data and credentials must leave this machine encrypted, and a credential has an option of its own. */
export function findBaseUrlProblems(options: Readonly<Record<string, unknown>>): readonly string[] {
  return baseUrlOptions.flatMap((name) => {
    const url = parseUrl(options[name])
    // The schema has reported what does not look like an address.
    if (!url) return typeof options[name] === 'string' ? [`${name}: expected an address, https://…`] : []
    const { protocol, hostname } = url
    const local = hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname)
    const isSafe = protocol === 'https:' || (protocol === 'http:' && local)
    return [
      ...(isSafe ? [] : [`${name}: expected an https address (plain http only on this machine)`]),
      ...findUserProblems(name, url),
    ]
  })
}

/**
 * An address of the operator's own choice belongs to a public network, unless the operator permits others. A name is
 * checked again when it has been resolved.
 */
export function findUrlProblems(options: Readonly<Record<string, unknown>>): readonly string[] {
  const { url: option, allowPrivate } = options
  const { secret }: { readonly secret?: unknown } = Object(option)
  const url = parseUrl(secret ?? option)
  if (!url) return []
  const problems = [...findUserProblems('url', url)]
  if (/[{}]|%7[bd]/i.test(url.href)) {
    problems.push('url: expected an address without names in braces: it is the same for every lead')
  }
  if (secret === undefined && [...url.searchParams.keys()].some((name) => credentialName.test(name))) {
    problems.push(
      'url: expected { "env": "NAME" }, the name of the environment variable that holds this address: a secret does not belong into a configuration',
    )
  }
  if (allowPrivate === true) return problems
  if (url.protocol !== 'https:') {
    problems.push('url: expected an https address (plain http only with "allowPrivate": true)')
  }
  if (isPrivateHost(url.hostname)) {
    problems.push('url: expected an address of a public network; "allowPrivate": true permits others')
  }
  return problems
}

function findUserProblems(name: string, { username, password }: URL): readonly string[] {
  return username === '' && password === ''
    ? []
    : [`${name}: expected an address without a user name or a password`]
}

function parseUrl(address: unknown): URL | undefined {
  return typeof address === 'string' && URL.canParse(address) ? new URL(address) : undefined
}
