import {
  answerTableNames,
  followUpKey,
  loadAnswers,
  loadFollowUps,
  type NegativeAnswer,
} from '../../test/contracts/answers/answers.ts'
import { renderTable } from './markdown.ts'

/** The tables of docs/provider-answers.md, written from what the tests of the adapters hold. */
export async function createAnswerTables(): Promise<ReadonlyMap<string, string>> {
  const followUps = await loadFollowUps()
  const outcomes = renderTable(
    ['outcome', 'next destination', 'health', 'log', 'the person sees'],
    [...followUps].map(([key, { next, health, log, person }]) => [
      formatKey(key),
      next,
      health === '' ? '' : `\`${health}\``,
      `\`${log}\``,
      person === 'queued' ? '`queued`' : person,
    ]),
  )
  const tables = await Promise.all(
    answerTableNames.map(async (name) => [name, formatAnswers(await loadAnswers(name))] as const),
  )
  return new Map([['outcomes', outcomes], ...tables])
}

function formatAnswers(answers: readonly NegativeAnswer[]): string {
  return renderTable(
    ['answer', 'status', 'body', 'outcome', 'kept'],
    answers.map((row) => [
      row.answer,
      String(row.status),
      formatBody(row.body),
      formatKey(followUpKey(row)),
      row.issues?.map(({ field }) => `error at \`${field}\``).join(', ') ?? row.reason ?? '',
    ]),
  )
}

function formatKey(key: string): string {
  return key.replace(/^\w+/, (outcome) => `\`${outcome}\``)
}

function formatBody(body: unknown): string {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return text === '' ? '' : `\`${text.replaceAll('|', '\\|')}\``
}
