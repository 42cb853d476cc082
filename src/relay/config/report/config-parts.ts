import { is } from 'valibot'
import { definitionsOf, usableForms } from '../form-lookups.ts'
import type { RelayConfig } from '../config.ts'
import { resolveSecrets, secretReferenceSchema, type SecretSources } from '../secrets.ts'
import { hashKey } from '../../runtime/hash.ts'

/** Hashes of the parts of a configuration, by their names: `limits`, `forms.main`. */
export type ConfigParts = ReadonlyMap<string, string>

/**
 * Hashes the parts of a configuration (parsed JSON), with the secrets and definitions that it names by environment
 * variable or file, so that a change of those is seen.
 */
export async function hashConfigParts(
  candidate: unknown,
  config: Pick<RelayConfig, 'forms'>,
  sources: SecretSources,
): Promise<ConfigParts> {
  const { $schema: _, forms, ...keys }: Readonly<Record<string, unknown>> = Object(candidate)
  const definitions = definitionsOf(usableForms(config))
  const parts = [
    // A key without a value is the same as no key.
    ...Object.entries(keys).filter(([, part]) => part !== undefined),
    ...Object.entries(Object(forms)).map(([id, entry]) => [`forms.${id}`, [entry, definitions[id]]] as const),
  ]
  return new Map(
    await Promise.all(
      parts.map(async ([name, part]) => {
        const text = JSON.stringify(await fillIn(part, sources))
        return [name, hashKey(text)] as const
      }),
    ),
  )
}

/** The names of the parts that differ. */
export function listChangedParts(before: ConfigParts, after: ConfigParts): readonly string[] {
  const names = new Set([...before.keys(), ...after.keys()])
  return [...names].filter((name) => before.get(name) !== after.get(name))
}

/** A value with its secrets filled in, and its keys in alphabetical order. */
async function fillIn(value: unknown, sources: SecretSources): Promise<unknown> {
  if (is(secretReferenceSchema, value)) return (await resolveSecrets({ value }, sources, [])).options
  if (Array.isArray(value)) return Promise.all(value.map((item) => fillIn(item, sources)))
  if (typeof value !== 'object' || value === null) return value
  const entries = await Promise.all(
    Object.entries(value).map(async ([name, item]) => [name, await fillIn(item, sources)] as const),
  )
  return Object.fromEntries(entries.toSorted(([one], [other]) => (one < other ? -1 : 1)))
}
