import {
  array,
  boolean,
  check,
  type InferOutput,
  maxValue,
  minValue,
  number,
  optional,
  picklist,
  pipe,
  record,
  safeParse,
  strictObject,
  string,
  transform,
  union,
  unknown,
} from 'valibot'
import { requestedNames } from '../../form/cross-checks.ts'
import { definitionSchemas, type FormDefinition, parseDefinition } from '../../form/definition.ts'
import { formatIssues, didYouMean } from '../../form/format-issues.ts'
import { combineReceivers, receiverOf } from '../../lead/receiver.ts'
import type { RepeatRules, Routing } from '../leads/routing.ts'
import type { Destination, ProviderBindings } from '../destinations/destination.ts'
import { parseDestinations } from './destination-config.ts'
import { loadFormDefinition } from './definitions/load-definition.ts'
import { findImpossible, findImpossibleInDefinition } from './definitions/impossible-conditions.ts'
import { withTextLimits } from './definitions/text-limits.ts'
import { providerBindings } from '../destinations/providers.ts'
import { findLists } from './values/find-lists.ts'
import { normalizeOrigin } from './values/origin.ts'
import { boundedCount } from './values/bounded-count.ts'
import { type LogoSource, serveLogos } from './definitions/logos.ts'
import type { SecretSources } from './secrets.ts'

/** A form that the relay serves. */
export interface FormConfig extends Routing {
  readonly definition: FormDefinition
  /** Origins of the pages that may post, as {@link normalizeOrigin} writes them. */
  readonly origins: ReadonlySet<string>
  readonly answerWithinMs: number
  readonly destinations: readonly Destination[]
  /** The logos of its offers, by the names of their files. */
  readonly logos: ReadonlyMap<string, LogoSource>
  /** How the form looks on pages that do not say so, if a saved version has that. */
  readonly looks?: FormLooks | undefined
  /** When the relay asks for a solved challenge. */
  readonly challenge: 'off' | 'limit' | 'always'
  /** What becomes of leads that look as if no person had filled them in. */
  readonly suspects: 'deliver' | 'hold'
  /** What the operator probably did not mean, although the form runs. They hold no configured value. */
  readonly remarks?: readonly string[]
}

/** How a form looks: see the widget's `theme` and `look`, and `--anketa-…` properties by their names without the prefix. */
export type FormLooks = Readonly<Record<string, unknown>>

/** A form, or its problems. They are public: they hold no configured value. */
export type FormConfigResult = { readonly form: FormConfig } | { readonly problems: readonly string[] }

/** What parsing a configuration depends on. */
export interface ConfigDeps extends SecretSources {
  /** The providers that a destination can name; those of this package by default. */
  readonly providers?: ProviderBindings | undefined
  /** Reads a file with an image; paths are relative to the configuration's folder. */
  readonly readBytes?: ((path: string) => Promise<Uint8Array>) | undefined
}

const originSchema = pipe(
  string(),
  check(
    (text) => normalizeOrigin(text) !== undefined,
    'an origin without a path, "https://landing.example.ru", or all subdomains of a domain, "https://*.example.ru"',
  ),
  transform((text) => normalizeOrigin(text) ?? text),
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
  after: optional(unknown()),
  consentsAt: optional(unknown()),
  origins: array(originSchema),
  delivery: optional(picklist(['first-accepted', 'all']), 'first-accepted'),
  answerWithinSeconds: optional(
    pipe(number(), minValue(0, expectedSeconds), maxValue(25, expectedSeconds)),
    5,
  ),
  challenge: optional(picklist(['off', 'limit', 'always']), 'off'),
  suspects: optional(picklist(['deliver', 'hold']), 'deliver'),
  destinations: array(unknown()),
  partial: optional(boolean(), false),
  duplicateDays: optional(boundedCount('days', 1, 3650)),
  duplicateAnswer: optional(picklist(['duplicate', 'queued']), 'duplicate'),
})

const objectSchema = record(string(), unknown())

/** Parses a form's entry in the configuration, and reports all its problems together. */
export async function parseFormConfig(
  id: string,
  candidate: unknown,
  deps: ConfigDeps,
): Promise<FormConfigResult> {
  const result = safeParse(formConfigSchema, candidate)
  const lists = findLists(formConfigSchema, candidate)
  if (lists.length > 0) return { problems: lists }
  const problems = result.success ? [] : formatIssues(formConfigSchema, result.issues)
  const entry = safeParse(objectSchema, candidate)
  if (!entry.success) return { problems }
  const source = await loadFormDefinition(id, entry.output, deps)
  if ('candidate' in source) {
    const inner = findLists(definitionSchemas.definition, source.candidate)
    if (inner.length > 0) return { problems: [...problems, ...inner] }
  }
  const definition = 'candidate' in source ? parseDefinition(source.candidate) : source
  const asked = 'candidate' in source ? requestedNames(source.candidate) : undefined
  const { env, readText, readBytes = readTextAsBytes(readText), providers = providerBindings } = deps
  const served = 'definition' in definition ? await serveLogos(definition.definition, readBytes) : undefined
  const destinations = await parseDestinations(
    entry.output['destinations'],
    { env, readText, providers },
    asked,
  )
  const conflicts =
    'definition' in definition && 'destinations' in destinations
      ? [
          ...findMissingConsents(definition.definition, destinations.destinations),
          ...findUnknownConsents(definition.definition, destinations.destinations),
        ]
      : []
  if (
    result.success &&
    served &&
    'definition' in served &&
    'destinations' in destinations &&
    conflicts.length === 0
  ) {
    return {
      form: {
        definition: {
          ...withTextLimits(
            withReceiver(served.definition, destinations.destinations),
            destinations.destinations,
          ),
          ...(result.output.partial ? { partial: true } : {}),
        },
        origins: new Set(result.output.origins),
        answerWithinMs: result.output.answerWithinSeconds * 1000,
        mode: result.output.delivery,
        challenge: result.output.challenge,
        suspects: result.output.suspects,
        destinations: destinations.destinations,
        rules: destinations.rules,
        repeats: toRepeatRules(result.output),
        logos: served.logos,
        // Not refused: such a form has run, and people would lose it with an upgrade.
        remarks: findImpossibleConditions(served.definition, destinations),
      },
    }
  }
  return {
    problems: [
      ...problems,
      ...('problems' in definition ? definition.problems : []),
      ...(served && 'problems' in served ? served.problems : []),
      ...('problems' in destinations ? destinations.problems : []),
      ...conflicts,
    ],
  }
}

/** What conditions of the form and of its destinations compare with what it can never be. */
function findImpossibleConditions(
  definition: FormDefinition,
  { destinations, rules }: Pick<FormConfig, 'destinations' | 'rules'>,
): readonly string[] {
  return [
    ...findImpossibleInDefinition(definition),
    ...destinations.flatMap(({ key }, index) =>
      findImpossible(rules?.get(key)?.when, `destinations.${index}.when`, definition),
    ),
  ].map((problem) => `${problem}; as it is, it never holds`)
}

function toRepeatRules({
  duplicateDays,
  duplicateAnswer,
}: InferOutput<typeof formConfigSchema>): RepeatRules | undefined {
  return duplicateDays === undefined ? undefined : { days: duplicateDays, answer: duplicateAnswer }
}

/** Reads images where only texts can be read: an SVG is one. */
export function readTextAsBytes(readText: ConfigDeps['readText']): (path: string) => Promise<Uint8Array> {
  return async (path) => new TextEncoder().encode(await readText(path))
}

/** Adds the receiver that follows from the destinations. A lender is the default of every form. */
function withReceiver(definition: FormDefinition, destinations: readonly Destination[]): FormDefinition {
  const receiver = combineReceivers(
    destinations.map((destination) => destination.receiver ?? receiverOf([destination.provider])),
  )
  return receiver === 'lender' ? definition : { receiver, ...definition }
}

/** The consents that a destination requires and the form does not ask for. */
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

/** The consents that rules of a destination name and the form does not have. Such a rule would never send anything. */
function findUnknownConsents(
  { consents }: FormDefinition,
  destinations: readonly Destination[],
): readonly string[] {
  const ids = consents.map(({ id }) => id)
  return destinations.flatMap(({ namedConsents }, index) =>
    namedConsents
      .filter(({ id }) => !ids.includes(id))
      .map(
        ({ path, id }) =>
          `destinations.${index}.${path}: the form has no consent "${id}"; it has ${ids.join(', ')}${didYouMean(id, ids)}`,
      ),
  )
}
