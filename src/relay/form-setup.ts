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
import { askedNames } from '../form/conflicts.ts'
import { type FormDefinition, parseDefinition } from '../form/definition.ts'
import { presets } from '../form/presets/presets.ts'
import { problemsOf, suggestion } from '../form/problems.ts'
import type { Route } from './delivery-plan.ts'
import type { Destination, Openers } from './destination.ts'
import { openDestinations } from './form-destinations.ts'
import { openers } from './openers.ts'
import type { Environment } from './secrets.ts'

/** A form that the relay serves. */
export interface FormSetup extends Route {
  readonly definition: FormDefinition
  /** Origins of the pages that may post, as browsers write them: `https://landing.example.ru`. */
  readonly origins: ReadonlySet<string>
  readonly answerWithinMs: number
  readonly destinations: readonly Destination[]
}

/** A form, or why it does not run: sentences that anybody may read, without a configured value. */
export type FormResult = { readonly form: FormSetup } | { readonly problems: readonly string[] }

/** What a form's setup needs from outside. */
export interface SetupPorts {
  readonly env: Environment
  /** Reads a definition's file; paths are relative to the configuration. */
  readonly readText: (path: string) => Promise<string>
  /** Every provider that a destination can name; those of this package unless given. */
  readonly providers?: Openers | undefined
}

const origin = pipe(
  string(),
  check(
    (text) => URL.canParse(text) && new URL(text).origin === text,
    'an origin without a path, "https://landing.example.ru"',
  ),
)

const seconds = 'seconds, 0 to 25'

const schema = strictObject({
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
  origins: array(origin),
  delivery: optional(picklist(['first-accepted', 'all']), 'first-accepted'),
  answerWithinSeconds: optional(pipe(number(), minValue(0, seconds), maxValue(25, seconds)), 5),
  destinations: pipe(array(unknown()), minLength(1, 'at least one destination')),
})

type Entry = Readonly<Record<string, unknown>>
const content = record(string(), unknown())

/** Sets a form up from its entry in the configuration, or tells all that is wrong with it at once. */
export async function setUpForm(id: string, candidate: unknown, ports: SetupPorts): Promise<FormResult> {
  const result = safeParse(schema, candidate)
  const problems = result.success ? [] : problemsOf(schema, result.issues)
  const entry = safeParse(content, candidate)
  if (!entry.success) return { problems }
  const source = await readDefinition(id, entry.output, ports)
  const definition = 'candidate' in source ? parseDefinition(source.candidate) : source
  const asked = 'candidate' in source ? askedNames(source.candidate) : undefined
  const { env, providers = openers } = ports
  const destinations = await openDestinations(entry.output['destinations'], { env, providers }, asked)
  const unasked =
    'definition' in definition && 'destinations' in destinations
      ? unaskedConsents(definition.definition, destinations.destinations)
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
function unaskedConsents(
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
type Source = { readonly candidate: unknown } | { readonly problems: readonly string[] }

/** What stands in a form's entry and goes before the definition's own. */
const ownNames = [
  'title',
  'operator',
  'policyUrl',
  'consents',
  'minimumAge',
  'maximumAge',
  'passportExpiry',
] as const satisfies readonly (keyof FormDefinition)[]

/** The questions come from the definition; documents and limits from the form's entry stand before its own. */
async function readDefinition(id: string, entry: Entry, ports: SetupPorts): Promise<Source> {
  const found = await findDefinition(id, entry['definition'], ports)
  if ('problems' in found) return found
  const own = ownNames.filter((name) => entry[name] !== undefined).map((name) => [name, entry[name]])
  return { candidate: { id, ...found.content, ...Object.fromEntries(own) } }
}

type Found = { readonly content: object } | { readonly problems: readonly string[] }

async function findDefinition(id: string, named: unknown, { readText }: SetupPorts): Promise<Found> {
  if (typeof named !== 'string') {
    const own = safeParse(content, named)
    // That it is neither a text nor an object has been found where the form's entry was read.
    return own.success ? { content: own.output } : { problems: [] }
  }
  const preset = Object.hasOwn(presets, named) ? presets[named] : undefined
  if (preset) return { content: { ...preset, id } }
  if (!named.endsWith('.json')) {
    const names = Object.keys(presets)
    return {
      problems: [
        `definition: expected a preset (${names.join(', ')}), the path of a .json file, or an object${suggestion(named, names)}`,
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
  const parsed = safeParse(content, parseJson(text))
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
