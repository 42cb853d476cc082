import { closestName } from '../fields/closest-name.ts'
import type { LeadValues } from '../lead/values.ts'
import type { PlaceList } from '../places/place-list.ts'
import { parseUrl } from './parse-url.ts'

/** What an option may be, and what is said of anything else. */
interface Kind<Value> {
  readonly expected: string
  accepts(given: unknown): given is Value
}

const text: Kind<string> = {
  expected: 'a text',
  accepts: (given) => typeof given === 'string',
}
const flag: Kind<boolean> = {
  expected: 'true or false',
  accepts: (given) => typeof given === 'boolean',
}
/** Also relative to the page, which is handy where one server has both. */
const address: Kind<string> = {
  expected: 'an address, https://…/forms/main',
  accepts: (given): given is string =>
    typeof given === 'string' && given !== '' && parseUrl(given, document.baseURI) !== undefined,
}
const values = data<LeadValues>('an object of values')
const places = data<PlaceList | PlaceList['cities']>('a list of places')

/** What is in it is checked by what makes use of it. */
function data<Value extends object>(expected: string): Kind<Value> {
  return { expected, accepts: (given): given is Value => typeof given === 'object' && given !== null }
}

/** Checked whole by what makes use of it, which is loaded on demand. */
function later<Value>(): Kind<Value> {
  return { expected: 'anything', accepts: (given): given is Value => given !== undefined }
}

const table = {
  /** The form's endpoint on a relay: `https://…/forms/main`. */
  relay: address,
  /** Where the leads go without a relay: a provider's name, or an adapter. */
  provider: later<string | { readonly name: string }>(),
  /** The provider's own options. */
  providerOptions: later<object>(),
  /** `true` accepts that everybody who opens the page can read the provider's secret. */
  exposeCredentials: later<boolean>(),
  /** The questions of a form without a relay: a preset's name, the address of a definition, or the definition itself. */
  form: later<string | object>(),
  /** Who processes the data, of a form without a relay: name, address, withdrawalContact. */
  operator: later<object>(),
  policyUrl: later<string>(),
  consents: later<object>(),
  /** Short for the consent to processing alone: its document and the version of that. */
  consentUrl: later<string>(),
  consentVersion: later<string>(),
  /** Test mode: nothing leaves the page, and what would is shown. */
  test: flag,
  /** Values to begin with, under canonical names. */
  values,
  /** Marks of the traffic; may hold macros such as `{utm_source}`. */
  channel: text,
  subId1: text,
  subId2: text,
  subId3: text,
  subId4: text,
  subId5: text,
  /** The page's own list of places, which goes before the relay's. Its entries are checked when it is needed. */
  places,
  /** `false` renders into the page itself, without a shadow root. */
  shadow: flag,
} as const
const kinds: Readonly<Record<string, Kind<unknown>>> = table
const names = Object.keys(table)
/** What attributes hold as JSON; one without a value is `true`. */
const json = new Set(['shadow', 'places', 'operator', 'consents', 'exposeCredentials', 'test'])

/** How a form is set up. */
export type Options = {
  readonly [Name in keyof typeof table]?:
    | ((typeof table)[Name] extends Kind<infer Value> ? Value : never)
    | undefined
}

/** A wrong option: who gave it, what was expected, what was given. For the page's author, on the console. */
export class OptionsError extends TypeError {
  constructor(message: string) {
    super(message)
    // A field of the class would bring its own machinery into the script, for browsers that know none.
    this.name = 'AnketaOptionsError'
  }
}

/**
 * Reads options; throws {@link OptionsError} with every wrong value in one message. A name that is unknown is only
 * warned of: a page must not lose its form to a slip.
 */
export function parseOptions(candidate: object): Options {
  const problems: string[] = []
  for (const [name, given] of Object.entries(candidate)) {
    const kind = names.includes(name) ? kinds[name] : undefined
    if (!kind) warnOfName('option', name, names)
    else if (given !== undefined && !kind.accepts(given)) problems.push(problemOf(name, kind.expected, given))
  }
  const { relay, provider }: Options = candidate
  if ((relay === undefined) === (provider === undefined)) problems.push(noTarget)
  if (problems.length > 0) throw new OptionsError(`Anketa: ${problems.join('; ')}`)
  return candidate
}

const noTarget = `expected either the option "relay" (attribute data-relay), ${address.expected}, or the option "provider"`

/** Tells the page's author of a name that nothing has, and of the closest one that there is. */
export function warnOfName(what: string, name: string, known: readonly string[]): void {
  const close = closestName(name, known)
  console.warn(`Anketa: there is no ${what} "${name}"${close ? `, did you mean "${close}"?` : ''}`)
}

/**
 * Options from an element's `data-` attributes; `data-anketa` only marks the element. Page builders put attributes of
 * their own on elements, so one that resembles no option is not ours.
 */
export function readAttributes(element: HTMLElement): Record<string, unknown> {
  const options: Record<string, unknown> = {}
  const values: Record<string, unknown> = {}
  const providerOptions: Record<string, unknown> = {}
  for (const [name, text = ''] of Object.entries(element.dataset)) {
    const [, kind, rest] = /^(value|provider)([A-Z].*)$/.exec(name) ?? []
    if (name === 'values') Object.assign(values, parseJson(text))
    else if (name === 'providerOptions') Object.assign(providerOptions, parseJson(text))
    else if (rest)
      (kind === 'value' ? values : providerOptions)[rest.charAt(0).toLowerCase() + rest.slice(1)] = text
    else if (names.includes(name)) options[name] = json.has(name) ? text === '' || parseJson(text) : text
    else if (name !== 'anketa' && closestName(name, names))
      warnOfName(
        'attribute',
        `data-${kebab(name)}`,
        names.map((known) => `data-${kebab(known)}`),
      )
  }
  const inline = element.querySelector(':scope > script[type="application/json"]')?.textContent
  if (inline) options['form'] ??= inline
  if (options['provider']) options['providerOptions'] = providerOptions
  return Object.keys(values).length > 0 ? { ...options, values } : options
}

function problemOf(name: string, expected: string, given: unknown): string {
  return `option "${name}" (attribute data-${kebab(name)}): expected ${expected}, got ${given === null ? 'null' : typeof given}`
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
