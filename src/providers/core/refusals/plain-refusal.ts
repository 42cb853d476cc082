import { isRecord } from '../json.ts'
import { hasContent, type ErrorNames, type ParameterError, parseParameterErrors } from './parameter-errors.ts'
import { foldName } from './parameter-names.ts'

/** Members of a response that say by their presence that something went wrong. */
const errorKeys = [
  ['errors', 'error', 'err', 'error_message', 'error_msg', 'error_text', 'error_description', 'exception'],
  ['violations', 'validation_errors'],
].flat()
/** Members that hold words about an error if there is one. */
const textKeys = ['message', 'messages', 'text', 'msg', 'description', 'detail', 'details', 'reason', 'title']
/** Members around the answer. They may repeat the request. */
const wrapperKeys = ['data', 'response', 'result']
const flagKeys = ['success', 'ok', 'result', 'status', 'ans']

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
  const has = (value: unknown): boolean => value !== undefined && value !== null
  if (has(id) || has(leadId) || has(applicationId)) return false
  if (has(Object(data)['id']) || has(Object(data)['id_lead'])) return false
  const flags = flagKeys.map((key) => [key, answer[key]] as const)
  if (flags.some(([, flag]) => isPositive(flag))) return false
  if (Array.isArray(result) && result.length > 0) return isWrapped(result)
  if (flags.some(([key, flag]) => isNegative(key, flag))) return true
  if (membersOf(answer, errorKeys).some((member) => hasContent(member))) return true
  // An empty list of what was taken, and why.
  if (Array.isArray(result) && hasContent(notices)) return true
  return wrapperKeys.some((key) => isRecord(answer[key]) && isWrapped(answer[key]))
}

/** The errors of a response that refuses the lead. What it repeats of the request is no error. */
export function parseRefusal(answer: unknown, names: ErrorNames): readonly ParameterError[] {
  if (!isRecord(answer)) return preferTexts(parseParameterErrors(answer, names))
  const own = membersOf(answer, [...errorKeys, ...textKeys, 'notices']).filter((member) => hasContent(member))
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

function membersOf(answer: Answer, keys: readonly string[]): readonly unknown[] {
  const folded = keys.map(foldName)
  const found = Object.keys(answer)
    .map((key) => [folded.indexOf(foldName(key)), answer[key]] as const)
    .filter(([place]) => place >= 0)
  return found.sort(([one], [other]) => one - other).map(([, member]) => member)
}

function withoutFrame(answer: Answer): Answer {
  const names = [...flagKeys, ...wrapperKeys, 'code']
  return Object.fromEntries(Object.entries(answer).filter(([key]) => !names.includes(key)))
}

function isNegative(key: string, flag: unknown): boolean {
  // As a status 0 may mean that there was no error.
  if (flag === 0 || flag === '0') return key !== 'status'
  return (
    flag === false ||
    (typeof flag === 'string' &&
      /^(?:false|errors?|fail(?:ed|ure)?|bad|no|not[ _-]?ok|declined?|reject(?:ed)?|refused?|denied|invalid)$/i.test(
        flag,
      ))
  )
}

function isPositive(flag: unknown): boolean {
  return (
    flag === true ||
    (typeof flag === 'string' && /^(?:true|ok|success(?:ful)?|accepted|created)$/i.test(flag))
  )
}
