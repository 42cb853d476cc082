/** What goes back over the wire: a status and a text, which need not be what its content type says. */
export type Answer = {
  readonly status: 200 | 400 | 403 | 405 | 413 | 500
  readonly contentType: string
  readonly text: string
}

const json = 'application/json; charset=utf-8'
const html = 'text/html; charset=utf-8'

/** A success with its data. */
export function okAnswer(data: Readonly<Record<string, unknown>>): Answer {
  return { status: 200, contentType: json, text: JSON.stringify({ result: 'ok', data, errors: [] }) }
}

/** A refusal; its data is an empty list, as PHP writes an empty object. */
export function badAnswer(status: Answer['status'], errors: readonly string[]): Answer {
  return { status, contentType: json, text: JSON.stringify({ result: 'bad', data: [], errors }) }
}

/** The refusal of a wrong number or token of the webmaster. */
export const accessDenied = badAnswer(403, ['Access denied'])

/** The same answer as it comes when the connection is cut in the middle of it, with a length that agrees. */
export function truncatedAnswer(whole: Answer): Answer {
  return { ...whole, text: whole.text.slice(0, Math.floor(whole.text.length * 0.6)) }
}

/** Answers that say nothing about the lead, each broken in its own way. */
export const brokenAnswers = {
  'error-500': { status: 500, contentType: 'text/plain; charset=utf-8', text: 'Internal Server Error' },
  garbage: { status: 200, contentType: json, text: '\u0000\u0001PHP Notice: <<<]]>{"result" "ok"' },
  html: {
    status: 200,
    contentType: html,
    text: '<!doctype html><title>Технические работы</title><h1>Сервис временно недоступен</h1>',
  },
  empty: { status: 200, contentType: json, text: '' },
} as const satisfies Record<string, Answer>

/** A long list is not kept as a whole, nor shown so: its beginning, and how long it was. */
export function shortened(answer: Answer): Answer {
  const { length } = answer.text
  if (length <= 20_000) return answer
  const note = { result: 'ok', data: { begins: answer.text.slice(0, 2000), characters: length }, errors: [] }
  return { ...answer, text: JSON.stringify(note) }
}
