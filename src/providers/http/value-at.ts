/** The value at a path of a JSON value: `data.id`, `errors.0.message`. A name with dots is found as a whole, too. */
export function valueAt(json: unknown, path: string): unknown {
  const names = path.split('.')
  let value = json
  for (let index = 0; index < names.length; index += 1) {
    if (typeof value !== 'object' || value === null) return undefined
    const rest = names.slice(index).join('.')
    if (Object.hasOwn(value, rest)) return memberOf(value, rest)
    const name = names[index] ?? ''
    if (!Object.hasOwn(value, name)) return undefined
    value = memberOf(value, name)
  }
  return value
}

function memberOf(parent: object, name: string): unknown {
  const members: Readonly<Record<string, unknown>> = Object(parent)
  return members[name]
}
