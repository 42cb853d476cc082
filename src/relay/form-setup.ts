import {
  array,
  check,
  type InferOutput,
  maxValue,
  minLength,
  minValue,
  number,
  optional,
  picklist,
  pipe,
  safeParse,
  strictObject,
  string,
  union,
  unknown,
  record,
  looseObject,
} from 'valibot'
import { type FormDefinition, parseDefinition } from '../form/definition.ts'
import { presets } from '../form/presets/presets.ts'
import type { Destination } from './destination.ts'
import { openDestinations } from './form-destinations.ts'
import { problemsOf } from './problem.ts'
import type { Environment } from './secrets.ts'

/** A form that the relay serves. */
export interface FormSetup {
  readonly definition: FormDefinition
  /** Origins of the pages that may post, as browsers write them: `https://landing.example.ru`. */
  readonly origins: ReadonlySet<string>
  readonly answerWithinMs: number
  readonly destinations: readonly Destination[]
}

/** A form, or why it does not run. */
export type FormResult = { readonly form: FormSetup } | { readonly problems: readonly string[] }

/** What a form's setup needs from outside. */
export interface SetupPorts {
  readonly env: Environment
  /** Reads a definition's file; paths are relative to the configuration. */
  readonly readText: (path: string) => Promise<string>
}

const origin = pipe(
  string(),
  check(
    (text) => URL.canParse(text) && new URL(text).origin === text,
    'an origin without a path, "https://landing.example.ru"',
  ),
)

const schema = strictObject({
  definition: union(
    [string(), record(string(), unknown())],
    'the name of a preset, the path of a JSON file, or the definition itself',
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
  answerWithinSeconds: optional(pipe(number(), minValue(0), maxValue(25, 'at most 25 seconds')), 5),
  destinations: pipe(array(looseObject({ provider: string() })), minLength(1, 'at least one destination')),
})

/** Sets a form up from its entry in the configuration. */
export async function setUpForm(id: string, candidate: unknown, ports: SetupPorts): Promise<FormResult> {
  const result = safeParse(schema, candidate)
  if (!result.success) return { problems: problemsOf(result.issues) }
  const entry = result.output
  const definition = await readDefinition(id, entry, ports)
  const destinations = openDestinations(entry.destinations, ports.env)
  if ('definition' in definition && 'destinations' in destinations) {
    return {
      form: {
        definition: definition.definition,
        origins: new Set(entry.origins),
        answerWithinMs: entry.answerWithinSeconds * 1000,
        destinations: destinations.destinations,
      },
    }
  }
  return {
    problems: [
      ...('problems' in definition ? definition.problems : []),
      ...('problems' in destinations ? destinations.problems : []),
    ],
  }
}

type Entry = InferOutput<typeof schema>

/** The questions come from the definition; documents and limits from the form's entry stand before its own. */
async function readDefinition(
  id: string,
  entry: Entry,
  { readText }: SetupPorts,
): Promise<ReturnType<typeof parseDefinition>> {
  const { title, operator, policyUrl, consents, minimumAge, maximumAge, passportExpiry } = entry
  const own = { title, operator, policyUrl, consents, minimumAge, maximumAge, passportExpiry }
  const given = Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined))
  if (typeof entry.definition !== 'string') return parseDefinition({ id, ...entry.definition, ...given })
  const preset = Object.hasOwn(presets, entry.definition) ? presets[entry.definition] : undefined
  if (preset) return parseDefinition({ ...preset, id, ...given })
  if (!entry.definition.endsWith('.json')) {
    const names = Object.keys(presets).join(', ')
    return {
      problems: [
        `definition: expected a preset (${names}), the path of a .json file, or an object, got "${entry.definition}"`,
      ],
    }
  }
  try {
    const content = safeParse(record(string(), unknown()), JSON.parse(await readText(entry.definition)))
    if (content.success) return parseDefinition({ id, ...content.output, ...given })
    return { problems: [`definition: the file ${entry.definition} holds no JSON object`] }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return { problems: [`definition: the file ${entry.definition} could not be read: ${reason}`] }
  }
}
