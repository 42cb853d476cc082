import { editDistance } from '../../fields/text/edit-distance.ts'
import { isRecord } from '../../providers/core/json.ts'
import type { ParsedOptions } from './options.ts'
import { isOptionName, type OptionName, optionNames, optionSpec } from './options-table.ts'
import type { OptionIssue } from './option-issue.ts'

const attributeNames: readonly string[] = optionNames.filter((name) => optionSpec(name).attribute !== false)

/** The attributes that mark a container and its state, of which every page has one, and one of HTML that resembles an option. */
const ownAttribute = /^(?:data-anketa(?:-status)?|style)$/

/** Options whose values from several places complete one another. */
const mergedOptions: readonly OptionName[] = ['values', 'providerOptions', 'fields']
/** What the limit of a field is, as in `data-maximum-amount`. */
const limitSpec = optionSpec('minimumAge')

/** The valid options, and what is wrong with the others: a wrong option must not cost the page its form. */
export interface ParseOptionsResult {
  readonly options: ParsedOptions
  readonly issues: readonly OptionIssue[]
}

/** An element's attribute. */
export interface Attribute {
  readonly name: string
  readonly value: string
}

/**
 * Parses the options of a form from JavaScript and from the attributes of its element, which take precedence. With
 * `bare`, attributes need no `data-`. Page builders add attributes of their own, so one that resembles no option is
 * ignored.
 */
export function parseOptions(
  properties: object,
  attributes: Iterable<Attribute>,
  bare = false,
): ParseOptionsResult {
  const options: Record<string, unknown> = {}
  const issues: OptionIssue[] = []

  function read(where: OptionIssue['where'], name: string, value: unknown, option = name): void {
    // Editors find the JSON Schema of a file by `$schema`.
    if (value === undefined || value === null || name === '$schema') return
    if (!isOptionName(option)) {
      issues.push({ where, name })
      return
    }
    const parsed = optionSpec(option).type.parse(value)
    if (parsed !== undefined) {
      options[option] = mergedOptions.includes(option) ? merge(options[option], parsed) : parsed
    } else if (value !== '') {
      // A template without a value leaves an attribute empty.
      issues.push({ where, name, expected: optionSpec(option) })
    }
  }

  for (const [name, value] of Object.entries(properties)) read('option', name, value)
  for (const { name: attribute, value } of attributes) {
    const prefix = attribute.startsWith('data-') ? 'data-' : ''
    if (!prefix && !bare) continue
    const name = toCamelCase(attribute.slice(prefix.length))
    const [, group, kebab = ''] =
      /^(value|provider|minimum|maximum)-(.+)$/.exec(attribute.slice(prefix.length)) ?? []
    const part = toCamelCase(kebab)
    if (attributeNames.includes(name)) read('attribute', attribute, value, name)
    else if (group === 'value') read('attribute', attribute, { [part]: value }, 'values')
    else if (group === 'provider') read('attribute', attribute, { [part]: value }, 'providerOptions')
    else if (group) {
      const limit = limitSpec.type.parse(value)
      if (limit !== undefined) read('attribute', attribute, { [part]: { [group]: limit } }, 'fields')
      else if (value) issues.push({ where: 'attribute', name: attribute, expected: limitSpec })
    } else if (!ownAttribute.test(attribute) && attributeNames.some((known) => isSimilar(name, known)))
      issues.push({ where: 'attribute', name: attribute })
  }
  return { options, issues }
}

/** Merges two objects and the objects in them. */
function merge(before: unknown, after: unknown): unknown {
  return isRecord(before) && isRecord(after)
    ? Object.fromEntries(
        Object.entries({ ...before, ...after }).map(([name, value]) => [
          name,
          name in after ? merge(before[name], value) : value,
        ]),
      )
    : after
}

function isSimilar(name: string, known: string): boolean {
  const limit = name.length / 4
  // Comparing one attribute with every option takes a phone several milliseconds, which delays the form.
  return Math.abs(name.length - known.length) <= limit && editDistance(name, known) <= limit
}

/** The attribute of an option, without `data-`: `sub-id1` for `subId1`. */
export function toAttributeName(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

function toCamelCase(name: string): string {
  return name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
}
