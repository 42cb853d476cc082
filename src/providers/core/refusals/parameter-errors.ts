import { collectTexts } from '../error-messages.ts'
import { isRecord } from '../json.ts'
import type { Parameter } from '../parameter.ts'

/** An error in a provider's response, and the parameter that it names, in the response's own spelling. */
export interface ParameterError {
  readonly name?: string
  readonly message: string
}

/** How a provider names parameters in errors. */
export interface ErrorNames {
  /** Names that occur in errors: paths of parameters and their ends. */
  readonly known: ReadonlySet<string>
  /** Whether every key of the errors is the name of a parameter, known or not. */
  readonly keysAreNames?: true
}

const maxErrors = 100
const messageKeys = [
  'message',
  'text',
  'msg',
  'error',
  'error_description',
  'description',
  'detail',
  'notice_text',
]
/** Members of a response that may hold errors. Others hold what the request said. */
const errorKeys = ['errors', ...messageKeys, 'details', 'notices', 'data', 'violations']
const nameKeys = ['field', 'parameter', 'param', 'name', 'field_name', 'notice_field']

/** The names under which errors may name some parameters: the path, its end, and the names of its groups. */
export function errorNamesOf<Config>(parameters: readonly Parameter<Config>[]): ReadonlySet<string> {
  return new Set(
    parameters.flatMap(({ path }) => {
      const parts = path.split('.')
      return [path, ...parts.filter((part) => !/^\d+$/.test(part))]
    }),
  )
}

/**
 * The errors of a response in any shape: texts, lists, objects with a message, and messages under the names of
 * parameters. A sentence counts once for every parameter that it names. Garbage may be nested without end, so only a few
 * levels are read.
 */
export function parseParameterErrors(
  errors: unknown,
  names: ErrorNames,
  levels = 4,
): readonly ParameterError[] {
  if (typeof errors === 'string') return parseSentence(errors, names.known)
  if (typeof errors !== 'object' || errors === null || levels === 0) return []
  if (Array.isArray(errors)) {
    return errors
      .slice(0, maxErrors)
      .flatMap((error: unknown) => parseParameterErrors(error, names, levels - 1))
  }
  const error: Readonly<Record<string, unknown>> = { ...errors }
  const named = nameKeys
    .map((key) => error[key])
    .find((name) => typeof name === 'string' && names.known.has(name))
  const [message] = messageKeys.flatMap((key) =>
    names.known.has(key) ? [] : collectTexts(error[key], levels),
  )
  if (message !== undefined && typeof named === 'string') return [{ name: named, message }]
  return Object.entries(error)
    .slice(0, maxErrors)
    .flatMap(([key, value]): readonly ParameterError[] => {
      const isName = names.known.has(key) || (names.keysAreNames && !/^\d+$/.test(key))
      if (!isName) return parseParameterErrors(value, names, levels - 1)
      return collectTexts(value, levels)
        .slice(0, 1)
        .map((text) => ({ name: key, message: text }))
    })
}

function isNegative(flag: unknown): boolean {
  return (
    flag === false || (typeof flag === 'string' && /^(?:false|error|fail(?:ed|ure)?|bad|no)$/i.test(flag))
  )
}

function parseSentence(sentence: string, known: ReadonlySet<string>): readonly ParameterError[] {
  const text = sentence.trim()
  if (text === '') return []
  const [, name, rest = ''] = /^field\s+["'«`]?([\w.]+)["'»`]?(?:\s+error)?\s*:?\s*(.*)$/isu.exec(text) ?? []
  if (name !== undefined) return [{ name, message: rest.trim() === '' ? text : rest.trim() }]
  const names = namesIn(text.slice(0, 2000)).filter((candidate) => known.has(candidate))
  return names.length > 0
    ? names.map((candidate) => ({ name: candidate, message: text }))
    : [{ message: text }]
}

/** Names in a sentence. One that is an English word, such as "phone", counts only if it is marked as a name. */
function namesIn(text: string): readonly string[] {
  const marked = Array.from(
    text.matchAll(/["'«`[(]([a-z][\w.]*)["'»`\])]|^\s*([a-z][\w.]*)\s*:/gi),
    (match) => String(match[1] ?? match[2]),
  )
  const unmistakable = text.match(/[a-z][\w.]*/gi)?.filter((name) => /\w_\w/.test(name)) ?? []
  return [...new Set([...marked, ...unmistakable])]
}

/**
 * The errors of a response that can only mean a refusal, although no document shows it: texts under `error` or `errors`,
 * or a flag such as `"success": false`, and nothing that says that the lead was taken. `undefined` for other responses.
 */
export function findPlainRefusal(answer: unknown): unknown {
  if (!isRecord(answer)) return undefined
  const { id, id_lead: leadId, application_id: applicationId, result, data, errors, error } = answer
  const has = (value: unknown): boolean => value !== undefined && value !== null
  if (has(id) || has(leadId) || has(applicationId) || has(Object(data)['id']) || has(Object(data)['id_lead']))
    return undefined
  if (Array.isArray(result) ? result.some(isRecord) : result === 'ok' || result === true) return undefined
  const flags = ['success', 'ok', 'result', 'status', 'ans'].map((name) => answer[name])
  const isNo = collectTexts([errors, error]).length > 0 || error === true || flags.some(isNegative)
  return isNo ? errorKeys.map((key) => answer[key]).filter(has) : undefined
}
