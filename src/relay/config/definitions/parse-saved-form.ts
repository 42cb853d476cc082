import { isDeepStrictEqual } from 'node:util'
import { record, safeParse, string, unknown } from 'valibot'
import { endings } from '../../../form/after-outcome.ts'
import { parseLogoAddress } from '../../../lead/links/logo-address.ts'
import { type ConfigDeps, type FormConfigResult, parseFormConfig, readTextAsBytes } from '../form-config.ts'
import type { VersionContent } from './form-versions.ts'
import { loadFormDefinition, overridableKeys } from './load-definition.ts'

/** A form as the configuration has it. */
export interface ConfiguredForm {
  readonly id: string
  /** Its entry in the configuration, not validated. */
  readonly entry: Readonly<Record<string, unknown>>
  /** Its definition with the documents and limits of its entry, not validated. */
  readonly definition?: Readonly<Record<string, unknown>> | undefined
}

/** Keys of a definition that are never saved: they belong to the configuration. */
export const configuredKeys = ['$schema', 'id', 'operator', 'policyUrl'] as const

const objectSchema = record(string(), unknown())

/** Reads a form's entry and the definition that it names. */
export async function readConfiguredForm(
  id: string,
  candidate: unknown,
  deps: ConfigDeps,
): Promise<ConfiguredForm> {
  const entry = safeParse(objectSchema, candidate)
  if (!entry.success) return { id, entry: {} }
  const source = await loadFormDefinition(id, entry.output, deps)
  const definition = 'candidate' in source ? safeParse(objectSchema, source.candidate) : undefined
  // The documents are the entry's, even where its definition cannot be loaded.
  const documents = { id, ...pickKeys(entry.output, overridableKeys) }
  return { id, entry: entry.output, definition: definition?.success ? definition.output : documents }
}

/**
 * Parses a saved version as if it were the definition of the form's entry: the same checks, with the same destinations.
 * Operator and policy are those of the configuration, and so are files: it can name no other one.
 */
export async function parseSavedForm(
  { id, entry, definition: configured = {} }: ConfiguredForm,
  { definition }: VersionContent,
  deps: ConfigDeps,
): Promise<FormConfigResult> {
  const logos = findLogoProblems(definition, configured)
  const result = await parseFormConfig(
    id,
    {
      ...omitKeys(entry, overridableKeys),
      definition: {
        id,
        // What cannot be used is not even looked for.
        ...omitKeys(definition, logos.length > 0 ? [...configuredKeys, 'after'] : configuredKeys),
        ...pickKeys(configured, configuredKeys),
      },
    },
    { ...deps, readBytes: readConfiguredBytes(configured, deps) },
  )
  if (logos.length === 0) return result
  return { problems: [...logos, ...('problems' in result ? result.problems : [])] }
}

/** What a person wants to save, without the keys of the configuration, or a problem for each one that would change. */
export function takeSavable(
  candidate: Readonly<Record<string, unknown>>,
  { definition: configured = {} }: ConfiguredForm,
): Pick<VersionContent, 'definition'> | { readonly problems: readonly string[] } {
  const problems = (['operator', 'policyUrl'] as const)
    .filter(
      (key) =>
        candidate[key] !== undefined && !isDeepStrictEqual(clone(candidate[key]), clone(configured[key])),
    )
    .map((key) => `${key}: expected what the configuration says: it is changed there only`)
  return problems.length > 0 ? { problems } : { definition: omitKeys(candidate, configuredKeys) }
}

/** Files would be read by the relay, so that only those count that the configuration itself names. */
function findLogoProblems(definition: object, configured: object): readonly string[] {
  const known = listFiles(configured)
  return listLogos(definition)
    .filter(({ logo }) => {
      const address = parseLogoAddress(logo)
      return !address || (address.kind === 'file' && !known.has(address.path))
    })
    .map(
      ({ path }) =>
        `${path}: expected an address https://… or data:image/…;base64,…: files are named in the configuration only`,
    )
}

/** The second wall: whatever the checks before have let through, no other file is read. */
function readConfiguredBytes(
  configured: object,
  { readText, readBytes = readTextAsBytes(readText) }: ConfigDeps,
): NonNullable<ConfigDeps['readBytes']> {
  const known = listFiles(configured)
  return async (path) => {
    if (!known.has(path)) throw new Error('The configuration does not name this file')
    return readBytes(path)
  }
}

/** The files that a definition names. */
function listFiles(definition: object): ReadonlySet<string> {
  const addresses = listLogos(definition).map(({ logo }) => parseLogoAddress(logo))
  return new Set(addresses.flatMap((address) => (address?.kind === 'file' ? [address.path] : [])))
}

function listLogos(definition: object): readonly { readonly path: string; readonly logo: string }[] {
  const { after }: { readonly after?: unknown } = definition
  return endings.flatMap((name) => {
    const { offers }: { readonly offers?: unknown } = Object(Reflect.get(Object(after), name))
    const list: readonly unknown[] = Array.isArray(offers) ? offers : []
    return list.flatMap((offer, index) => {
      const { logo }: { readonly logo?: unknown } = Object(offer)
      return typeof logo === 'string' ? [{ path: `after.${name}.offers.${index}.logo`, logo }] : []
    })
  })
}

function omitKeys(
  source: Readonly<Record<string, unknown>>,
  keys: readonly string[],
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(source).filter(([key]) => !keys.includes(key)))
}

function pickKeys(
  source: Readonly<Record<string, unknown>>,
  keys: readonly string[],
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(source).filter(([key]) => keys.includes(key)))
}

/** As it would be after a way through JSON. */
function clone(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value))
}
