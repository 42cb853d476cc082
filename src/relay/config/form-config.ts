import {
  array,
  check,
  maxValue,
  minLength,
  minValue,
  number,
  optional,
  picklist,
  pipe,
  record,
  safeParse,
  strictObject,
  string,
  union,
  unknown,
} from 'valibot'
import { requestedNames } from '../../form/cross-checks.ts'
import { type FormDefinition, parseDefinition } from '../../form/definition.ts'
import { presets } from '../../form/presets/presets.ts'
import { formatIssues, didYouMean } from '../../form/format-issues.ts'
import type { Routing } from '../leads/routing.ts'
import type { Destination, ProviderBindings } from '../destinations/destination.ts'
import { parseDestinations } from './destination-config.ts'
import { providerBindings } from '../destinations/providers.ts'
import type { Environment } from './secrets.ts'

/** A form that the relay serves. */
export interface FormConfig extends Routing {
  readonly definition: FormDefinition
  /** Origins of the pages that may post, as browsers write them: `https://landing.example.ru`. */
  readonly origins: ReadonlySet<string>
  readonly answerWithinMs: number
  readonly destinations: readonly Destination[]
}

/** A form, or why it does not run: sentences that anybody may read, without a configured value. */
export type FormConfigResult = { readonly form: FormConfig } | { readonly problems: readonly string[] }

/** What a form's setup needs from outside. */
export interface ConfigDeps {
  readonly env: Environment
  /** Reads a definition's file; paths are relative to the configuration. */
  readonly readText: (path: string) => Promise<string>
  /** Every provider that a destination can name; those of this package unless given. */
  readonly providers?: ProviderBindings | undefined
}

const originSchema = pipe(
  string(),
  check(
    (text) => URL.canParse(text) && new URL(text).origin === text,
    'an origin without a path, "https://landing.example.ru"',
  ),
)

const expectedSeconds = 'seconds, 0 to 25'

/** What a form's entry of a configuration may hold. */
export const formConfigSchema = strictObject({
  definition: union(
    [string(), record(string(), unknown())],
    'the name of a preset, the path of a .json file, or the definition itself',
  ),
  title: optional(string()),
  operator: optional(unknown()),
  policyUrl: optional(unknown()),
  consents: optional(unknown()),
  minimumAge: optional(unknown()),
  maximumAge: optional(unknown()),
  passportExpiry: optional(unknown()),
  origins: array(originSchema),
  delivery: optional(picklist(['first-accepted', 'all']), 'first-accepted'),
  answerWithinSeconds: optional(
    pipe(number(), minValue(0, expectedSeconds), maxValue(25, expectedSeconds)),
    5,
  ),
  destinations: pipe(array(unknown()), minLength(1, 'at least one destination')),
})

type FormEntry = Readonly<Record<string, unknown>>
const objectSchema = record(string(), unknown())

/** Sets a form up from its entry in the configuration, or tells all that is wrong with it at once. */
export async function parseFormConfig(
  id: string,
  candidate: unknown,
  ports: ConfigDeps,
): Promise<FormConfigResult> {
  const result = safeParse(formConfigSchema, candidate)
  const problems = result.success ? [] : formatIssues(formConfigSchema, result.issues)
  const entry = safeParse(objectSchema, candidate)
  if (!entry.success) return { problems }
  const source = await loadFormDefinition(id, entry.output, ports)
  const definition = 'candidate' in source ? parseDefinition(source.candidate) : source
  const asked = 'candidate' in source ? requestedNames(source.candidate) : undefined
  const { env, providers = providerBindings } = ports
  const destinations = await parseDestinations(entry.output['destinations'], { env, providers }, asked)
  const unasked =
    'definition' in definition && 'destinations' in destinations
      ? findMissingConsents(definition.definition, destinations.destinations)
      : []
  if (
    result.success &&
    'definition' in definition &&
    'destinations' in destinations &&
    unasked.length === 0
  ) {
    return {
      form: {
        definition: definition.definition,
        origins: new Set(result.output.origins),
        answerWithinMs: result.output.answerWithinSeconds * 1000,
        mode: result.output.delivery,
        destinations: destinations.destinations,
      },
    }
  }
  return {
    problems: [
      ...problems,
      ...('problems' in definition ? definition.problems : []),
      ...('problems' in destinations ? destinations.problems : []),
      ...unasked,
    ],
  }
}

/** Consents that a destination cannot do without and that nobody would be asked for. */
function findMissingConsents(
  { consents }: FormDefinition,
  destinations: readonly Destination[],
): readonly string[] {
  return destinations.flatMap((destination) =>
    destination.consents
      .filter((needed) => !consents.some(({ id }) => id === needed))
      .map(
        (needed) =>
          `consents: ${destination.provider} gets no application without the consent "${needed}", whose text names who receives the data: the form must ask for it`,
      ),
  )
}

/** A definition that has not been checked yet, or why there is none. */
type DefinitionSource = { readonly candidate: unknown } | { readonly problems: readonly string[] }

/** What stands in a form's entry and goes before the definition's own. */
const overridableKeys = [
  'title',
  'operator',
  'policyUrl',
  'consents',
  'minimumAge',
  'maximumAge',
  'passportExpiry',
] as const satisfies readonly (keyof FormDefinition)[]

/** The questions come from the definition; documents and limits from the form's entry stand before its own. */
async function loadFormDefinition(
  id: string,
  entry: FormEntry,
  ports: ConfigDeps,
): Promise<DefinitionSource> {
  const found = await loadDefinitionSource(id, entry['definition'], ports)
  if ('problems' in found) return found
  const own = overridableKeys.filter((name) => entry[name] !== undefined).map((name) => [name, entry[name]])
  return { candidate: { id, ...found.content, ...Object.fromEntries(own) } }
}

type DefinitionContent = { readonly content: object } | { readonly problems: readonly string[] }

async function loadDefinitionSource(
  id: string,
  named: unknown,
  { readText }: ConfigDeps,
): Promise<DefinitionContent> {
  if (typeof named !== 'string') {
    const own = safeParse(objectSchema, named)
    // That it is neither a text nor an object has been found where the form's entry was read.
    return own.success ? { content: own.output } : { problems: [] }
  }
  const preset = Object.hasOwn(presets, named) ? presets[named] : undefined
  if (preset) return { content: { ...preset, id } }
  if (!named.endsWith('.json')) {
    const names = Object.keys(presets)
    return {
      problems: [
        `definition: expected a preset (${names.join(', ')}), the path of a .json file, or an object${didYouMean(named, names)}`,
      ],
    }
  }
  let text: string
  try {
    text = await readText(named)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : ''
    return {
      problems: [
        `definition: the file that it names could not be read${code}; paths are relative to the configuration`,
      ],
    }
  }
  const parsed = safeParse(objectSchema, parseJson(text))
  return parsed.success
    ? { content: parsed.output }
    : { problems: ['definition: the file that it names holds no JSON object'] }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
