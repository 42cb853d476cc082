import type { WireValue } from '../parameter.ts'
import type { WrittenParameter } from '../write-parameters.ts'

/** Builds the nested body that the paths of the parameters describe: `main.phone`, `contacts.0.value`. */
export function buildNestedBody(written: readonly WrittenParameter[]): {
  readonly [name: string]: WireValue | undefined
} {
  const tree = new Map<string, BodyBranch>()
  for (const { path, value } of written) insertAt(tree, path.split('.'), value)
  return Object.fromEntries(Array.from(tree, ([name, branch]) => [name, branchToValue(branch)]))
}

type BodyBranch = Map<string, BodyBranch> | { readonly leaf: WireValue }

function insertAt(
  tree: Map<string, BodyBranch>,
  [first = '', ...rest]: readonly string[],
  leaf: WireValue,
): void {
  if (rest.length === 0) {
    tree.set(first, { leaf })
    return
  }
  const existing = tree.get(first)
  const branch = existing instanceof Map ? existing : new Map<string, BodyBranch>()
  tree.set(first, branch)
  insertAt(branch, rest, leaf)
}

function branchToValue(branch: BodyBranch): WireValue {
  if (!(branch instanceof Map)) return branch.leaf
  const entries = Array.from(branch, ([name, inner]) => [name, branchToValue(inner)] as const)
  // Numbered members become a list, in the order of the numbers and without gaps.
  return entries.every(([name]) => /^\d+$/.test(name))
    ? entries.sort(([a], [b]) => Number(a) - Number(b)).map(([, value]) => value)
    : Object.fromEntries(entries)
}
