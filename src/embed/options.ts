import {
  type BaseIssue,
  boolean,
  check,
  custom,
  type InferOutput,
  object,
  optional,
  picklist,
  pipe,
  safeParse,
  string,
} from 'valibot'
import type { LeadValues } from '../lead/values.ts'
import type { PlaceList } from '../places/place-list.ts'
import type { Messages } from '../i18n/messages.ts'
import { looks, themes } from './appearance.ts'
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

const entries = {
  /** The form's endpoint on a relay: `https://…/forms/main`. */
  relay: address,
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
  /** The language: `ru` (the default), `en`, or another one whose texts are in `messages`. */
  locale: optional(string()),
  /** Texts in place of the language's own, or the address of a JSON file with them. They are checked when used. */
  messages: optional(
    custom<Messages | string>(
      (given) => (typeof given === 'object' && given !== null) || typeof given === 'string',
      'an object of texts, or the address of a file',
    ),
  ),
  theme: optional(picklist(themes)),
  look: optional(picklist(looks)),
  /** `false` renders into the page itself, without a shadow root. */
  shadow: optional(boolean()),
}
const names = Object.keys(entries)

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
  if (result.success) return result.output
  throw new OptionsError(`Anketa: ${result.issues.map(describe).join('; ')}`)
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
  for (const [name, text = ''] of Object.entries(element.dataset)) {
    const valueName = /^value([A-Z].*)$/.exec(name)?.[1]
    if (valueName) values[valueName.charAt(0).toLowerCase() + valueName.slice(1)] = text
    else if (name === 'values') Object.assign(values, parseJson(text))
    else if (names.includes(name))
      options[name] = /^(?:shadow|places|messages)$/.test(name) ? parseJson(text) : text
    else if (name !== 'anketa' && closestName(name, names))
      warnOfName(
        'attribute',
        `data-${kebab(name)}`,
        names.map((known) => `data-${kebab(known)}`),
      )
  }
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
