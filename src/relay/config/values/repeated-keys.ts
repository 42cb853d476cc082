/**
 * The paths of keys that an object of a JSON text has twice. Parsers keep the last of them and say nothing. The text is
 * valid JSON.
 */
export function findRepeatedKeys(text: string): readonly string[] {
  const repeated = new Set<string>()
  /** The objects and lists that the token is in, each with the key or the index of its current entry. */
  const open: { readonly keys?: Set<string>; entry: string | number; isKeyNext: boolean }[] = []
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\],]/gs)) {
    const inner = open.at(-1)
    if (token === '{') open.push({ keys: new Set(), entry: '', isKeyNext: true })
    else if (token === '[') open.push({ entry: 0, isKeyNext: false })
    else if (token === '}' || token === ']') open.pop()
    else if (!inner) continue
    else if (token === ',') {
      if (typeof inner.entry === 'number') inner.entry += 1
      else inner.isKeyNext = true
    } else if (inner.keys && inner.isKeyNext) {
      const key = String(JSON.parse(token))
      inner.entry = key
      inner.isKeyNext = false
      if (inner.keys.has(key)) repeated.add(open.map(({ entry }) => entry).join('.'))
      inner.keys.add(key)
    }
  }
  return [...repeated]
}
