import type { Wire } from './parameter.ts'
import type { Written } from './write-parameters.ts'

/** Puts parameters into the nested body that their paths tell: `main.phone`, `contacts.0.value`. */
export function nest(written: readonly Written[]): { readonly [name: string]: Wire | undefined } {
  const tree = new Map<string, Branch>()
  for (const { path, value } of written) put(tree, path.split('.'), value)
  return Object.fromEntries(Array.from(tree, ([name, branch]) => [name, grown(branch)]))
}

type Branch = Map<string, Branch> | { readonly leaf: Wire }

function put(tree: Map<string, Branch>, [first = '', ...rest]: readonly string[], leaf: Wire): void {
  if (rest.length === 0) {
    tree.set(first, { leaf })
    return
  }
  const found = tree.get(first)
  const branch = found instanceof Map ? found : new Map<string, Branch>()
  tree.set(first, branch)
  put(branch, rest, leaf)
}

function grown(branch: Branch): Wire {
  if (!(branch instanceof Map)) return branch.leaf
  const entries = Array.from(branch, ([name, inner]) => [name, grown(inner)] as const)
  // Numbered places make a list; the order is theirs, and gaps close.
  return entries.every(([name]) => /^\d+$/.test(name))
    ? entries.toSorted(([one], [other]) => Number(one) - Number(other)).map(([, value]) => value)
    : Object.fromEntries(entries)
}
