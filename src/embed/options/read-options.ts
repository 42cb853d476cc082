import { editDistance } from '../../fields/edit-distance.ts'
import type { AnyOptions } from './options.ts'
import { isOptionName, optionsTable } from './options-table.ts'
import type { Slip } from './slip.ts'

/** Functions stand in no attribute. */
const attributeNames = Object.keys(optionsTable).filter((name) => !/^(on[A-Z]|before)/.test(name))

/** Options as they were read, and what is wrong with the rest: a page must not lose its form to a slip. */
export interface OptionsRead {
  readonly options: AnyOptions
  readonly slips: readonly Slip[]
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
  const slips: Slip[] = []

  function read(where: Slip['where'], name: string, value: unknown, option = name): void {
    if (value === undefined || value === null) return
    if (!isOptionName(option)) {
      slips.push({ where, name })
      return
    }
    const taken = optionsTable[option].read(value)
    if (taken !== undefined) {
      // Values that stand in several places complete one another.
      const isCollected = option === 'values' || option === 'providerOptions'
      options[option] = isCollected ? { ...Object(options[option]), ...Object(taken) } : taken
    } else if (value !== '') {
      // A template that has nothing to fill in leaves an attribute empty.
      slips.push({ where, name, option })
    }
  }

  for (const [name, value] of Object.entries(given)) read('option', name, value)
  for (const { name: attribute, value } of attributes) {
    const prefix = attribute.startsWith('data-') ? 'data-' : ''
    if (!prefix && !bare) continue
    const name = camel(attribute.slice(prefix.length))
    const [, group, part = ''] = /^(value|provider)-(.+)$/.exec(attribute.slice(prefix.length)) ?? []
    if (attributeNames.includes(name)) read('attribute', attribute, value, name)
    else if (group)
      read('attribute', attribute, { [camel(part)]: value }, group === 'value' ? 'values' : 'providerOptions')
    else if (attributeNames.some((known) => resembles(name, known)))
      slips.push({ where: 'attribute', name: attribute })
  }
  return { options, slips }
}

function resembles(name: string, known: string): boolean {
  return editDistance(name, known) <= name.length / 4
}

/** An option's attribute, without `data-`: `sub-id1` for `subId1`. */
export function attributeOf(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

function camel(name: string): string {
  return name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
}
