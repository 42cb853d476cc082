import { address, count, flag, type OptionKind, text } from './option-kind.ts'
import { type OptionName, optionsTable } from './options-table.ts'

/** What an option must be, for the sentence `expected …`. */
export function expectedOf(name: OptionName): string {
  return /^(on[A-Z]|before)/.test(name) ? 'a function' : expectedBy(optionsTable[name])
}

const simple: ReadonlyMap<OptionKind<unknown>, string> = new Map<OptionKind<unknown>, string>([
  [text, 'a text'],
  [address, 'an address, https://…'],
  [flag, 'true or false'],
  [count, 'a whole number'],
])

function expectedBy(kind: OptionKind<unknown>): string {
  const { words, kinds, item } = kind
  if (words) return words.map((word) => `"${word}"`).join(' or ')
  if (kinds) return kinds.map(expectedBy).join(', or ')
  if (item) return `a list, each item of which is ${expectedBy(item)}`
  return simple.get(kind) ?? 'an object (in an attribute: JSON)'
}
