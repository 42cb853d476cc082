import { closestName } from '../../fields/closest-name.ts'
import { editDistance } from '../../fields/edit-distance.ts'
import type { AnyOptions } from './options.ts'
import { isOptionName, optionsTable } from './options-table.ts'

/** Names of attributes that are ours and no options. */
const marks = ['anketa', 'anketaStatus', 'target']
const names = Object.keys(optionsTable)
/** Functions stand in no attribute. */
const attributeNames = names.filter((name) => !/^(on[A-Z]|before)/.test(name))

/** Options as they were read, and what is wrong with the rest: a page must not lose its form to a slip. */
export interface OptionsRead {
  readonly options: AnyOptions
  /** For the page's author, on the console; none holds what was given. */
  readonly problems: readonly string[]
}

/** An element's attribute. */
export interface Attribute {
  readonly name: string
  readonly value: string
}

/**
 * Reads a form's options, those of JavaScript and, before them, those of its element's attributes; `bare` attributes
 * need no `data-`. Page builders put attributes of their own on elements, so one that resembles no option is not ours.
 */
export function readOptions(given: object, attributes: Iterable<Attribute>, bare = false): OptionsRead {
  const options: Record<string, unknown> = {}
  const problems: string[] = []

  function read(name: string, value: unknown, where: string): void {
    if (value === undefined || value === null) return
    if (!isOptionName(name)) {
      const close = closestName(name, names)
      problems.push(`there is no ${where}${close ? `, did you mean "${close}"?` : ''}`)
      return
    }
    const { expected, read: take } = optionsTable[name]
    const taken = take(value)
    if (taken !== undefined) {
      // Values that stand in several places complete one another.
      options[name] = isCollected(name) ? { ...Object(options[name]), ...Object(taken) } : taken
    } else if (value !== '') {
      // A template that has nothing to fill in leaves an attribute empty.
      problems.push(`${where}: expected ${expected}, got ${natureOf(value)}`)
    }
  }

  for (const [name, value] of Object.entries(given)) read(name, value, `option "${name}"`)
  for (const { name: attribute, value } of attributes) {
    const prefix = attribute.startsWith('data-') ? 'data-' : ''
    if (!prefix && !bare) continue
    const name = camel(attribute.slice(prefix.length))
    const [, group, part = ''] = /^(value|provider)-(.+)$/.exec(attribute.slice(prefix.length)) ?? []
    if (attributeNames.includes(name)) read(name, value, `attribute ${attribute}`)
    else if (group) read(group === 'value' ? 'values' : 'providerOptions', { [camel(part)]: value }, '')
    else if (!marks.includes(name)) {
      const close = closestName(name, attributeNames)
      if (close && editDistance(name, close) <= name.length / 4)
        problems.push(`there is no attribute "${attribute}", did you mean "${prefix}${attributeOf(close)}"?`)
    }
  }
  return { options, problems }
}

/** An option's attribute, without `data-`: `sub-id1` for `subId1`. */
export function attributeOf(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

function camel(name: string): string {
  return name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
}

function isCollected(name: string): boolean {
  return name === 'values' || name === 'providerOptions'
}

/** What was given, without giving it away: it may be a credential in the wrong place. */
function natureOf(value: unknown): string {
  return Array.isArray(value) ? 'a list' : `a value of type ${typeof value}`
}
