import {
  type BaseIssue,
  boolean,
  check,
  custom,
  type InferOutput,
  object,
  optional,
  pipe,
  safeParse,
  string,
} from 'valibot'
import type { LeadValues } from '../lead/values.ts'
import type { PlaceList } from '../places/place-list.ts'
import { parseUrl } from './parse-url.ts'
import { closestName } from '../fields/closest-name.ts'

/** Also relative to the page, which is handy where one server has both. */
const address = pipe(
  string(),
  check(
    (text) => text !== '' && parseUrl(text, document.baseURI) !== undefined,
    'an address, https://…/forms/main',
  ),
)

/** Checked by what makes use of it, which is loaded on demand. */
const later = <Value>() => optional(custom<Value>(() => true))

const entries = {
  /** The form's endpoint on a relay: `https://…/forms/main`. */
  relay: optional(address),
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
  test: optional(boolean()),
  /** Values to begin with, under canonical names. */
  values: optional(
    custom<LeadValues>((given) => typeof given === 'object' && given !== null, 'an object of values'),
  ),
  /** Marks of the traffic; may hold macros such as `{utm_source}`. */
  channel: optional(string()),
  subId1: optional(string()),
  subId2: optional(string()),
  subId3: optional(string()),
  subId4: optional(string()),
  subId5: optional(string()),
  /** The page's own list of places, which goes before the relay's. Its entries are checked when it is needed. */
  places: optional(
    custom<PlaceList | PlaceList['cities']>(
      (given) => typeof given === 'object' && given !== null,
      'a list of places',
    ),
  ),
  /** `false` renders into the page itself, without a shadow root. */
  shadow: optional(boolean()),
}
const names = Object.keys(entries)
/** What attributes hold as JSON; one without a value is `true`. */
const json = new Set(['shadow', 'places', 'operator', 'consents', 'exposeCredentials', 'test'])

const schema = object(entries)

/** How a form is set up. */
export type Options = InferOutput<typeof schema>

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
  for (const name of Object.keys(candidate)) {
    if (!names.includes(name)) warnOfName('option', name, names)
  }
  const result = safeParse(schema, candidate)
  if (result.success) return withTarget(result.output)
  throw new OptionsError(`Anketa: ${result.issues.map(describe).join('; ')}`)
}

function withTarget(options: Options): Options {
  const { relay, provider } = options
  if ((relay === undefined) !== (provider === undefined)) return options
  throw new OptionsError(
    'Anketa: expected either the option "relay" (attribute data-relay), https://…/forms/main, or the option "provider"',
  )
}

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

function describe(issue: BaseIssue<unknown>): string {
  const path = String(issue.path?.[0].key)
  return `option "${path}" (attribute data-${kebab(path)}): expected ${issue.type === 'check' || issue.type === 'custom' ? issue.message : issue.expected}, got ${issue.received}`
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
