import { editDistance } from '../../fields/text/edit-distance.ts'
import type { ParsedOptions } from './options.ts'
import { isOptionName, optionNames, optionSpec } from './options-table.ts'
import type { OptionIssue } from './option-issue.ts'

const attributeNames: readonly string[] = optionNames.filter((name) => optionSpec(name).attribute !== false)

/** Options as they were read, and what is wrong with the rest: a page must not lose its form to a slip. */
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
 * Reads a form's options, those of JavaScript and, before them, those of its element's attributes; `bare` attributes
 * need no `data-`. Page builders put attributes of their own on elements, so one that resembles no option is not ours.
 */
export function parseOptions(
  given: object,
  attributes: Iterable<Attribute>,
  bare = false,
): ParseOptionsResult {
  const options: Record<string, unknown> = {}
  const issues: OptionIssue[] = []

  function read(where: OptionIssue['where'], name: string, value: unknown, option = name): void {
    if (value === undefined || value === null) return
    if (!isOptionName(option)) {
      issues.push({ where, name })
      return
    }
    const taken = optionSpec(option).type.parse(value)
    if (taken !== undefined) {
      // Values that stand in several places complete one another.
      const isCollected = option === 'values' || option === 'providerOptions'
      options[option] = isCollected ? { ...Object(options[option]), ...Object(taken) } : taken
    } else if (value !== '') {
      // A template that has nothing to fill in leaves an attribute empty.
      issues.push({ where, name, option })
    }
  }

  for (const [name, value] of Object.entries(given)) read('option', name, value)
  for (const { name: attribute, value } of attributes) {
    const prefix = attribute.startsWith('data-') ? 'data-' : ''
    if (!prefix && !bare) continue
    const name = toCamelCase(attribute.slice(prefix.length))
    const [, group, part = ''] = /^(value|provider)-(.+)$/.exec(attribute.slice(prefix.length)) ?? []
    if (attributeNames.includes(name)) read('attribute', attribute, value, name)
    else if (group)
      read(
        'attribute',
        attribute,
        { [toCamelCase(part)]: value },
        group === 'value' ? 'values' : 'providerOptions',
      )
    else if (attributeNames.some((known) => isSimilar(name, known)))
      issues.push({ where: 'attribute', name: attribute })
  }
  return { options, issues }
}

function isSimilar(name: string, known: string): boolean {
  return editDistance(name, known) <= name.length / 4
}

/** An option's attribute, without `data-`: `sub-id1` for `subId1`. */
export function toAttributeName(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

function toCamelCase(name: string): string {
  return name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
}
