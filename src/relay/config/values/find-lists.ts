/** The properties of a valibot schema that say what it holds. */
interface SchemaView {
  readonly type?: string
  readonly entries?: Readonly<Record<string, unknown>>
  readonly item?: unknown
  readonly value?: unknown
  readonly wrapped?: unknown
  readonly options?: readonly unknown[]
  readonly getter?: (input: unknown) => unknown
}

/**
 * Problems of values that are lists where a schema has an object. Schemas take a list for an object with the keys 0, 1, …,
 * so that nobody would hear of the mistake.
 */
export function findLists(schema: unknown, value: unknown, path = ''): readonly string[] {
  const view = unwrap(schema, value)
  const alternatives =
    view.type === 'union' ? (view.options ?? []).map((each) => unwrap(each, value)) : [view]
  if (Array.isArray(value)) {
    const list = alternatives.find(({ item }) => item !== undefined)
    if (list) return value.flatMap((inner, index) => findLists(list.item, inner, join(path, String(index))))
    const isObject = alternatives.some((each) => each.entries !== undefined || each.type === 'record')
    return isObject ? [`${path === '' ? '' : `${path}: `}expected an object, { … }, got a list`] : []
  }
  if (typeof value !== 'object' || value === null || alternatives.length > 1) return []
  return Object.entries(value).flatMap(([key, inner]: readonly [string, unknown]) => {
    const own = view.entries && Object.hasOwn(view.entries, key) ? view.entries[key] : view.value
    return own === undefined ? [] : findLists(own, inner, join(path, key))
  })
}

function unwrap(schema: unknown, input: unknown): SchemaView {
  const view: SchemaView = Object(schema)
  if (view.wrapped !== undefined) return unwrap(view.wrapped, input)
  return view.getter ? unwrap(view.getter(input), input) : view
}

function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`
}
