import {
  type BaseIssue,
  boolean,
  check,
  getDotPath,
  type InferOutput,
  optional,
  pipe,
  record,
  safeParse,
  strictObject,
  string,
  transform,
  union,
  number,
} from 'valibot'
import type { LeadValues } from '../lead/values.ts'
import { closestName } from './closest-name.ts'

/** Also relative to the page, which is handy where one server has both. */
const address = pipe(
  string(),
  check((text) => text !== '' && URL.canParse(text, document.baseURI), 'an address, https://…/forms/main'),
  transform((text) => new URL(text, document.baseURI).href),
)

const entries = {
  /** The form's endpoint on a relay: `https://…/forms/main`. */
  relay: address,
  /** Values to begin with, under canonical names. */
  values: optional(record(string(), union([string(), number(), boolean()]))),
  /** Marks of the traffic; may hold macros such as `{utm_source}`. */
  channel: optional(string()),
  subId1: optional(string()),
  subId2: optional(string()),
  subId3: optional(string()),
  subId4: optional(string()),
  subId5: optional(string()),
  /** `false` renders into the page itself, without a shadow root. */
  shadow: optional(boolean()),
}
const names = Object.keys(entries)

const schema = strictObject(entries)

/** How a form is set up, checked. */
export type CheckedOptions = InferOutput<typeof schema>

/** How a form is set up. */
export interface Options extends Omit<CheckedOptions, 'values'> {
  /** Values to begin with, under canonical names. */
  readonly values?: LeadValues | undefined
}

/** A wrong option: who gave it, what was expected, what was given. For the page's author, on the console. */
export class OptionsError extends TypeError {
  override readonly name = 'AnketaOptionsError'
}

/** Reads options; throws {@link OptionsError} with every problem in one message. */
export function parseOptions(candidate: unknown): CheckedOptions {
  const result = safeParse(schema, candidate)
  if (result.success) return result.output
  throw new OptionsError(`Anketa: ${result.issues.map(describe).join('; ')}`)
}

/** Options from an element's `data-` attributes; `data-anketa` only marks the element. */
export function readAttributes(element: HTMLElement): Record<string, unknown> {
  const options: Record<string, unknown> = {}
  const values: Record<string, unknown> = {}
  for (const [name, text = ''] of Object.entries(element.dataset)) {
    if (name === 'anketa') continue
    const valueName = /^value([A-Z].*)$/.exec(name)?.[1]
    if (valueName) values[valueName.charAt(0).toLowerCase() + valueName.slice(1)] = parseScalar(text)
    else options[name] = name === 'values' || name === 'shadow' ? parseJson(text) : text
  }
  return Object.keys(values).length > 0 ? { ...options, values } : options
}

function describe(issue: BaseIssue<unknown>): string {
  const path = getDotPath(issue) ?? ''
  if (issue.expected === 'never') {
    const close = closestName(path, names)
    return `there is no option "${path}"${close ? `, did you mean "${close}"?` : ''} (as an attribute: data-${kebab(close ?? path)})`
  }
  return `option "${path}" (attribute data-${kebab(path)}): expected ${issue.expected ?? issue.message}, got ${issue.received}`
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

/** Numbers and flags stand in attributes as text. */
function parseScalar(text: string): unknown {
  return /^(?:\d{1,15}|true|false)$/.test(text) && !/^0\d/.test(text) ? parseJson(text) : text
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
