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

/** The tables of negative answers: one for a provider, or for a mode of it. */
export const answerTableNames = [
  'devtek',
  'admitad',
  'admitad-sync',
  'lotinfo',
  'fivecrm',
  'webhook',
  'http',
] as const

/** One of {@link answerTableNames}. */
export type AnswerTableName = (typeof answerTableNames)[number]

/** An interface that is described as data, without its address. */
export const describedInterface = {
  // A call that may be repeated: an answer that cannot be read is otherwise uncertain, as those of Admitad.
  retry: 'safe',
  fields: {
    phone: 'phone',
    birth: { field: 'birthDate', date: 'dd.MM.yyyy' },
    subid: 'subId1',
    source: { value: 'anketa' },
  },
  outcomes: [
    { status: [200], path: 'status', oneOf: ['approved'], outcome: 'accepted', id: 'data.id' },
    { status: [200], path: 'status', oneOf: ['rejected'], outcome: 'declined', reason: 'message' },
    { status: [409], outcome: 'duplicate' },
    { status: [400, 422], outcome: 'invalid', issues: { path: 'errors' } },
    { status: [401, 403], outcome: 'refused', reason: 'message' },
    { status: [429, 503], outcome: 'unavailable' },
  ],
} as const

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

/** Loads a table of negative answers. */
export async function loadAnswers(table: AnswerTableName): Promise<readonly NegativeAnswer[]> {
  return parseAnswers(await readJson(`${table}.json`))
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
