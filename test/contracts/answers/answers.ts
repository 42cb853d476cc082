import { readFile } from 'node:fs/promises'
import {
  array,
  boolean,
  exactOptional,
  number,
  object,
  parse,
  picklist,
  record,
  strictObject,
  string,
  unknown,
} from 'valibot'
import type { ProviderName } from '../../../src/providers/registry.ts'

const issueSchema = strictObject({ field: string(), message: string() })

const answerSchema = strictObject({
  /** What the provider says, for docs/provider-answers.md. */
  answer: string(),
  status: number(),
  /** JSON, or the text of a body that is not JSON. */
  body: unknown(),
  outcome: picklist([
    'invalid',
    'declined',
    'duplicate',
    'refused',
    'unavailable',
    'unreadable',
    'uncertain',
  ]),
  issues: exactOptional(array(issueSchema)),
  reason: exactOptional(string()),
  mayHaveArrived: exactOptional(boolean()),
})

/** A negative answer of a provider, and the outcome that it means. */
export type NegativeAnswer = ReturnType<typeof parseAnswers>[number]

/** What follows from an outcome where another destination can be asked. */
export type FollowUp = ReturnType<typeof parseFollowUps>[string]

const followUpSchema = object({
  next: string(),
  health: string(),
  log: picklist(['info', 'warning', 'error']),
  person: string(),
})

/** Loads the negative answers of a provider. */
export async function loadAnswers(provider: ProviderName): Promise<readonly NegativeAnswer[]> {
  return parseAnswers(await readJson(`${provider}.json`))
}

/** Loads what follows from every outcome. */
export async function loadFollowUps(): Promise<ReadonlyMap<string, FollowUp>> {
  return new Map(Object.entries(parseFollowUps(await readJson('follow-ups.json'))))
}

/** The key of an outcome among the follow-ups. */
export function followUpKey({ outcome, mayHaveArrived }: NegativeAnswer): string {
  return outcome === 'unreadable' && mayHaveArrived ? 'unreadable, may have arrived' : outcome
}

function parseAnswers(candidate: unknown) {
  return parse(array(answerSchema), candidate)
}

function parseFollowUps(candidate: unknown) {
  return parse(record(string(), followUpSchema), candidate)
}

async function readJson(name: string): Promise<unknown> {
  return JSON.parse(await readFile(new URL(name, import.meta.url), 'utf8'))
}
