import { array, record, safeParse, string, unknown } from 'valibot'
import { askedBy } from '../fields/composites.ts'
import { problemsOf, suggestion } from '../form/problems.ts'
import type { Destination, Keyless, Opened, Opener, Openers } from './destination.ts'
import { giveKeys } from './destination-keys.ts'
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
export async function openDestinations(
  entries: unknown,
  { env, providers }: { readonly env: Environment; readonly providers: Openers },
  asked: ReadonlySet<string> | undefined,
): Promise<Destinations> {
  const list = safeParse(array(unknown(), 'a list'), entries)
  // That there is no list has been found where the form's entry was read.
  if (!list.success) return { problems: [] }
  const problems: string[] = []
  const opened: { readonly id: string | undefined; readonly destination: Keyless }[] = []
  const ids = new Set<string>()
  for (const [index, candidate] of list.output.entries()) {
    const path = `destinations.${index}`
    const entry = safeParse(entrySchema, candidate)
    if (!entry.success) {
      problems.push(...within(path, problemsOf(entrySchema, entry.issues)))
      continue
    }
    const { provider, id, ...options } = entry.output
    const found = typeof provider === 'string' && Object.hasOwn(providers, provider)
    const how = found ? providers[provider] : undefined
    if (!how) {
      problems.push(`${path}.provider: ${providerProblem(provider, Object.keys(providers))}`)
      continue
    }
    if (id !== undefined && !isId(id)) problems.push(`${path}.id: expected ${idText}`)
    if (isId(id) && ids.has(id)) {
      problems.push(`${path}.id: expected an id of its own, another destination of this form has the same`)
    }
    if (isId(id)) ids.add(id)
    const result = await open(String(provider), how, options, env)
    if ('problems' in result) {
      problems.push(...within(path, result.problems))
      continue
    }
    const { destination } = result
    opened.push({ id: isId(id) ? id : undefined, destination })
    const missing = missingNames(destination, asked)
    if (missing.length > 0) {
      problems.push(
        `${path}: ${destination.provider} accepts no application without ${missing.join(', ')}: the definition must ask for it`,
      )
    }
  }
  return problems.length > 0 ? { problems } : { destinations: await giveKeys(opened) }
}

const idText = 'a name of letters, digits, - and _, at most 64 characters'

/** What an operator may call a destination, so that it is the same one whatever else changes. */
function isId(id: unknown): id is string {
  return typeof id === 'string' && /^[\w-]{1,64}$/.test(id)
}

async function open(
  provider: string,
  how: Opener,
  candidate: Readonly<Record<string, unknown>>,
  env: Environment,
): Promise<Opened> {
  const known = how.optionNames.filter((name) => name !== 'provider')
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
  const opened = await how.open(options)
  if ('problems' in opened) {
    // A secret that is missing has been reported already.
    const reported = new Set(wrong.map((problem) => problem.split(':')[0]))
    wrong.push(...opened.problems.filter((problem) => !reported.has(problem.split(':')[0])))
  }
  return 'destination' in opened && wrong.length === 0 ? opened : { problems: wrong }
}

function providerProblem(provider: unknown, names: readonly string[]): string {
  if (provider === undefined) return 'missing'
  const hint = typeof provider === 'string' ? suggestion(provider, names) : ''
  return `expected the name of a provider (${names.join(', ')})${hint}`
}

/** The fields that a destination cannot do without and that nobody would be asked. */
function missingNames({ requires }: Keyless, asked: ReadonlySet<string> | undefined): readonly string[] {
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
