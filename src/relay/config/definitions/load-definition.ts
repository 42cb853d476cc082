import { record, safeParse, string, unknown } from 'valibot'
import type { FormDefinition } from '../../../form/definition.ts'
import { didYouMean } from '../../../form/format-issues.ts'
import { presets } from '../../../form/presets/presets.ts'
import { parseJson } from '../../../providers/core/json.ts'
import type { SecretSources } from '../secrets.ts'
import { findRepeatedKeys } from '../values/repeated-keys.ts'

/** A definition that has not been validated, or the problems of loading it. */
export type DefinitionSource = { readonly candidate: unknown } | { readonly problems: readonly string[] }

const objectSchema = record(string(), unknown())

/** Keys of a form's entry that override the definition's. */
export const overridableKeys = [
  'title',
  'operator',
  'policyUrl',
  'consents',
  'minimumAge',
  'maximumAge',
  'passportExpiry',
  'after',
  'consentsAt',
] as const satisfies readonly (keyof FormDefinition)[]

/** Loads a form's definition and applies the documents and limits of the form's entry. */
export async function loadFormDefinition(
  id: string,
  entry: Readonly<Record<string, unknown>>,
  deps: Pick<SecretSources, 'readText'>,
): Promise<DefinitionSource> {
  const found = await loadDefinitionSource(id, entry['definition'], deps)
  if ('problems' in found) return found
  const overrides = overridableKeys
    .filter((name) => entry[name] !== undefined)
    .map((name) => [name, entry[name]])
  return { candidate: { id, ...found.content, ...Object.fromEntries(overrides) } }
}

type DefinitionContent = { readonly content: object } | { readonly problems: readonly string[] }

async function loadDefinitionSource(
  id: string,
  definition: unknown,
  { readText }: Pick<SecretSources, 'readText'>,
): Promise<DefinitionContent> {
  if (typeof definition !== 'string') {
    const inline = safeParse(objectSchema, definition)
    // The schema of the form's entry has reported any other type.
    return inline.success ? { content: inline.output } : { problems: [] }
  }
  const preset = Object.hasOwn(presets, definition) ? presets[definition] : undefined
  if (preset) return { content: { ...preset, id } }
  if (!/\.json$|[/\\]/.test(definition)) {
    const names = Object.keys(presets)
    return {
      problems: [
        `definition: expected a preset (${names.join(', ')}), the path of a .json file, or an object${didYouMean(definition, names)}`,
      ],
    }
  }
  let text: string
  try {
    text = await readText(definition)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : ''
    return {
      problems: [
        `definition: the file that it names could not be read${code}; paths are relative to the configuration`,
      ],
    }
  }
  const json = parseJson(text)
  const parsed = safeParse(objectSchema, json)
  const repeated = json === undefined ? [] : findRepeatedKeys(text)
  if (repeated.length > 0)
    return {
      problems: [`definition: the file that it names has a key twice, give it once: ${repeated.join(', ')}`],
    }
  return parsed.success && !Array.isArray(json)
    ? { content: parsed.output }
    : { problems: [`definition: the file that it names holds no JSON object${describePosition(text)}`] }
}

/** Where a text stops being JSON. The parser's own sentence quotes the text. */
function describePosition(text: string): string {
  try {
    JSON.parse(text.replace(/^\uFEFF/, ''))
    return ''
  } catch (error) {
    const position = /line \d+ column \d+/.exec(error instanceof Error ? error.message : '')
    return position
      ? `: it is not JSON from ${position[0].replace(' column', ', column')}`
      : ': it is not JSON'
  }
}
