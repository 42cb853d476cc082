import { isRecord } from '../json.ts'
import {
  errorKeys,
  type ErrorNames,
  hasContent,
  type ParameterError,
  parseParameterErrors,
  textKeys,
} from './parameter-errors.ts'
import { membersOf, placeIn } from './parameter-names.ts'

/** Members of a response that say by their presence that something went wrong. */
const presentKeys = `errors ${errorKeys} exception violations validationerrors`
/** These, and members that hold words about an error if there is one. */
const ownKeys = `${presentKeys} ${textKeys} messages details notices`
/** Members around the answer. They may repeat the request. */
const wrapperKeys = 'data response result'
/** Members around errors. They are no errors. */
const frameKeys = `success ok status ans code ${wrapperKeys}`
/** Members whose value says whether the lead was taken. */
const flagKeys = ['success', 'ok', 'result', 'status', 'ans']

/** As a status 0 may mean that there was no error. */
const negativeFlag =
  /^(?!status 0)\w+ (?:0|false|errors?|fail(?:ed|ure)?|bad|no|not[ _-]?ok|declined?|reject(?:ed)?|refused?|denied|invalid)$/i

/** A no in words about the call itself. It counts beside an id, too: that of the lead which the provider has already. */
const saysNo = /^(?:success|ok|result|ans) (?!0)/

type Answer = Readonly<Record<string, unknown>>

/**
 * Whether a response can only mean a refusal, although no document shows it: it has an error, or a flag such as
 * `"success": false`, and nothing that says that the lead was taken.
 */
export function isPlainRefusal(answer: unknown, levels = 3): boolean {
  if (levels === 0) return false
  const isWrapped = (inner: unknown): boolean => isPlainRefusal(inner, levels - 1)
  if (Array.isArray(answer))
    return answer.length > 0 && answer.every((each) => isRecord(each) && isWrapped(each))
  if (!isRecord(answer)) return false
  const { id, id_lead: leadId, application_id: applicationId, result, data, notices } = answer
  const { id: innerId, id_lead: innerLeadId }: Answer = Object(data)
  const flags = flagKeys.map((key) => `${key} ${textOf(answer[key])}`)
  if (flags.some((flag) => /^\w+ (?:true|ok|success(?:ful)?|accepted|created)$/i.test(flag))) return false
  if (flags.some((flag) => negativeFlag.test(flag) && saysNo.test(flag))) return true
  if ([id, leadId, applicationId, innerId, innerLeadId].some((each) => !isNoId(each))) return false
  if (Array.isArray(result) && result.length > 0) return isWrapped(result)
  if (flags.some((flag) => negativeFlag.test(flag))) return true
  if (hasErrorMembers(answer)) return true
  // An empty list of what was taken, and why.
  if (Array.isArray(result) && hasContent(notices)) return true
  return membersOf(answer, wrapperKeys).some((member) => isRecord(member) && isWrapped(member))
}

/** Whether a response has something among the members that say by their presence that something went wrong. */
export function hasErrorMembers(answer: Answer): boolean {
  return membersOf(answer, presentKeys).some((member) => hasContent(member))
}

/** PHP servers write 0, false or an empty text where there is no id. */
function isNoId(id: unknown): boolean {
  return id === undefined || id === null || id === 0 || id === '0' || id === false || id === ''
}

/** The errors of a response that refuses the lead. What it repeats of the request is no error. */
export function parseRefusal(answer: unknown, names: ErrorNames): readonly ParameterError[] {
  if (!isRecord(answer)) return preferTexts(parseParameterErrors(answer, names))
  const own = membersOf(answer, ownKeys).filter((member) => hasContent(member))
  const wrapped = membersOf(answer, wrapperKeys)
  const errors = [
    ...parseParameterErrors(own, names),
    ...wrapped.flatMap((member): readonly ParameterError[] => {
      if (isPlainRefusal(member)) {
        const inner: readonly unknown[] = Array.isArray(member) ? member : [member]
        return inner.flatMap((each) => parseRefusal(each, names))
      }
      return typeof member === 'object' ? parseParameterErrors(member, names, true) : []
    }),
  ]
  return preferTexts(errors.length > 0 ? errors : parseParameterErrors(withoutFrame(answer), names))
}

/** The errors without the numbers among them, unless there is nothing else. */
function preferTexts(errors: readonly ParameterError[]): readonly ParameterError[] {
  const texts = errors.filter(({ name, message }) => name !== undefined || !/^-?[\d.]+$/.test(message))
  return texts.length > 0 ? texts : errors
}

function withoutFrame(answer: Answer): Answer {
  return Object.fromEntries(Object.entries(answer).filter(([key]) => placeIn(frameKeys, key) < 0))
}

function textOf(flag: unknown): string {
  const isPlain = typeof flag === 'string' || typeof flag === 'number' || typeof flag === 'boolean'
  return isPlain ? String(flag) : ''
}
