import { collectTexts } from '../error-messages.ts'
import { isRecord } from '../json.ts'
import {
  findKnownName,
  findNamedParameter,
  foldName,
  hasNameOnly,
  type KnownNames,
  membersOf,
  placeIn,
} from './parameter-names.ts'

/** An error in a provider's response, and the parameter that it names, in the document's spelling if it is known. */
export interface ParameterError {
  readonly name?: string
  /** Empty if the error has no text. */
  readonly message: string
}

/** How a provider names parameters in errors. */
export interface ErrorNames {
  readonly known: KnownNames
  /** Whether every key of the errors is the name of a parameter, known or not. */
  readonly keysAreNames?: true
}

const maxErrors = 100
/** Deeper than any error. Garbage may be nested without end. */
const maxLevels = 8
/** Keys of texts about errors, the most telling first: lists of folded names between spaces. */
export const errorKeys = 'error err errordescription errormessage errormsg errortext'
export const textKeys = 'message text msg description detail title reason'
const messageKeys = `message text msg ${errorKeys} ${textKeys} noticetext errors messages`
/** Keys that no parameter has, in errors whose keys are names. */
const generalKeys = `${messageKeys} code type status rule field common global`

/**
 * The errors of a response in any shape: texts, lists, objects with a message, and messages under the names of
 * parameters. A sentence counts once for every parameter that it names. With `isEcho` the response may repeat the
 * request: a text under the name of a parameter is then the value that was sent, and only a list is an error.
 */
export function parseParameterErrors(
  errors: unknown,
  names: ErrorNames,
  isEcho = false,
  levels = maxLevels,
): readonly ParameterError[] {
  const { known, keysAreNames } = names
  if (typeof errors === 'string') return parseSentence(errors, known)
  if (typeof errors === 'number') return [{ message: String(errors) }]
  if (typeof errors !== 'object' || errors === null || levels === 0) return []
  if (Array.isArray(errors)) {
    return errors
      .slice(0, maxErrors)
      .flatMap((error: unknown) => parseParameterErrors(error, names, isEcho, levels - 1))
  }
  const error: Readonly<Record<string, unknown>> = { ...errors }
  const named = findNamedParameter(error, known)
  const unknown = Object.fromEntries(Object.entries(error).filter(([key]) => !known.has(foldName(key))))
  const [message] = collectTexts(membersOf(unknown, messageKeys), levels + 1)
  if (named !== undefined && message !== undefined) return [{ name: named, message }]
  if (named !== undefined && hasNameOnly(error)) return [{ name: named, message: '' }]
  return Object.entries(error)
    .slice(0, maxErrors)
    .flatMap(([key, value]): readonly ParameterError[] => {
      const isUnknownName = keysAreNames && !/^\d+$/.test(key) && placeIn(generalKeys, key) < 0
      const name = findKnownName(key, known) ?? (isUnknownName ? key : undefined)
      if (name === undefined) return parseParameterErrors(value, names, isEcho, levels - 1)
      if (isEcho && !Array.isArray(value)) {
        return isRecord(value) ? parseParameterErrors(value, names, isEcho, levels - 1) : []
      }
      const [text] = collectTexts(value, levels)
      // A number under a name is a value, such as the id of a campaign.
      const isError = text !== undefined || (typeof value !== 'number' && hasContent(value))
      return isError ? [{ name, message: text ?? '' }] : []
    })
}

/** Whether errors say anything: a number other than 0, `true`, or a text that does not only say that there is nothing. */
export function hasContent(errors: unknown, levels = maxLevels): boolean {
  if (typeof errors === 'string') return !/^(?:0|false|null|none|no|\[\]|\{\})?$/i.test(errors.trim())
  if (typeof errors !== 'object' || errors === null) return Boolean(errors)
  return levels > 0 && Object.values(errors).some((error) => hasContent(error, levels - 1))
}

function parseSentence(sentence: string, known: KnownNames): readonly ParameterError[] {
  const text = sentence.trim()
  if (text === '') return []
  const [, name, rest = ''] =
    /^field\s+["'«`]?([\w.[\]/-]+)["'»`]?(?:\s+error)?\s*:?\s*(.*)$/isu.exec(text) ?? []
  if (name !== undefined) {
    return [{ name: findKnownName(name, known) ?? name, message: rest.trim() === '' ? text : rest.trim() }]
  }
  const names = new Set(namesIn(text.slice(0, 2000)).flatMap((each) => findKnownName(each, known) ?? []))
  return names.size > 0 ? Array.from(names, (each) => ({ name: each, message: text })) : [{ message: text }]
}

/** Names in a sentence. One that is an English word, such as "phone", counts only if it is marked as a name. */
function namesIn(text: string): readonly string[] {
  const marked = Array.from(
    text.matchAll(
      /["'«`[(]([a-z][\w.]*)["'»`\])]|^\s*([a-z][\w.]*)\s*:|(?:\b(?:field|parameter|param)|(?:^|[^\p{L}])(?:пол[еяю]|параметр[а-я]?))\s+([a-z][\w.]*)|\b([a-z][\w.]*)\s+(?:field|parameter)\b/giu,
    ),
    (match) => String(match.slice(1).find(Boolean)),
  )
  return [...marked, ...(text.match(/[a-z](?:[\w.]*\w)?_\w[\w.]*/gi) ?? [])]
}
