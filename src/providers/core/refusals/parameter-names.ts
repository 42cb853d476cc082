import type { Parameter } from '../parameter.ts'

/** The names that errors may use, each under its {@link foldName}. */
export type KnownNames = ReadonlyMap<string, string>

/** Members that say that their value is the name of a parameter, even of one that is not known. */
const sureNameKeys = 'field parameter param property attribute fieldname noticefield'
/** Members whose value may be the name of a parameter. */
const possibleNameKeys = 'name path loc key pointer source code'

/** The names under which errors may name some parameters: the path, its end, and the names of its groups. */
export function errorNamesOf<Config>(parameters: readonly Parameter<Config>[]): KnownNames {
  return new Map(
    parameters
      .flatMap(({ path }) => [path, ...path.split('.').filter((part) => !/^\d+$/.test(part))])
      .map((name) => [foldName(name), name]),
  )
}

/** A name without what differs between spellings of it: `Mobile_Phone`, `mobilePhone`. */
export function foldName(name: string): string {
  return name.toLowerCase().replace(/[_-]/g, '')
}

/** The position of a key, in any spelling, in a list of folded names between spaces; -1 if it is not there. */
export function placeIn(keys: string, key: string): number {
  return ` ${keys} `.indexOf(` ${foldName(key)} `)
}

/** The members of an object with keys of a list, in the order of the list. */
export function membersOf(error: Readonly<Record<string, unknown>>, keys: string): readonly unknown[] {
  return Object.keys(error)
    .filter((key) => placeIn(keys, key) >= 0)
    .sort((one, other) => placeIn(keys, one) - placeIn(keys, other))
    .map((key) => error[key])
}

/**
 * The known name that a name in an error means: in other letters (`PHONE`), with other separators
 * (`data[main][phone]`, `/data/main/phone`), or below what the request is wrapped in (`data.main.phone`).
 */
export function findKnownName(name: string, known: KnownNames): string | undefined {
  const parts = foldName(name.slice(0, 200))
    .replace(/[[\]/"']+/g, '.')
    .split('.')
    .filter(Boolean)
  const candidates = parts.map((_, index) => known.get(parts.slice(index).join('.')))
  return candidates.find((candidate) => candidate !== undefined)
}

/** Whether an error object has a member that only names a parameter. */
export function hasNameOnly(error: Readonly<Record<string, unknown>>): boolean {
  return (
    membersOf(error, sureNameKeys).length > 0 &&
    Object.values(error).every((value) => typeof value !== 'object')
  )
}

/** The parameter that an error object names, in whatever member of it. */
export function findNamedParameter(
  error: Readonly<Record<string, unknown>>,
  known: KnownNames,
): string | undefined {
  const names = (keys: string): readonly string[] =>
    membersOf(error, keys)
      .map(pathOf)
      .filter((name) => name !== '')
  const sure = names(sureNameKeys)
  const [found] = [...sure, ...names(possibleNameKeys)].flatMap((name) => findKnownName(name, known) ?? [])
  return found ?? sure.find((name) => /^[a-z_][\w.[\]/-]*$/i.test(name))
}

/** A name, or the path that a list (`["body", "phone"]`) or an object (`{ "pointer": "/data/phone" }`) describes. */
function pathOf(value: unknown): string {
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return value.filter((part) => typeof part === 'string').join('.')
  const { pointer, parameter }: Readonly<Record<string, unknown>> = Object(value)
  return [pointer, parameter].find((name) => typeof name === 'string') ?? ''
}
