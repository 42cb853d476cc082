import type { FieldIssue } from '../../lead/issue.ts'
import type { Outcome } from '../../lead/outcome.ts'
import type { LeadContext } from '../core/context.ts'
import { ruleFieldNames } from '../core/field-rules.ts'
import { collectTexts, redactMessage, redactReason, withoutMarkup } from '../core/error-messages.ts'
import { isRecord } from '../core/json.ts'
import { isAboutAccess } from '../core/refusals/refusal-words.ts'
import type { HttpConfig } from './config.ts'
import { httpCredentials } from './credentials.ts'
import type { OutcomeRule } from './rules.ts'
import { valueAt } from './value-at.ts'

/** More than the parameters of any request. */
const maxErrors = 100

/** An error of an answer: the parameter that it names, if it names one, and its text. */
interface WireError {
  readonly name?: string | undefined
  readonly message: string
}

/**
 * Reads the field errors of an answer. An error about a parameter that nobody typed is for the operator to correct.
 * Returns `undefined` if the answer has no errors that can be read.
 */
export function readIssues(
  { issues: where }: OutcomeRule,
  body: unknown,
  config: HttpConfig,
  context: LeadContext,
): Outcome | undefined {
  if (!where) return undefined
  const errors = readErrors(valueAt(body, where.path), where)
  const issues: FieldIssue[] = []
  for (const { name, message } of errors) {
    if (name === undefined && isAboutAccess(message)) {
      return { outcome: 'refused', reason: redactReason(message, httpCredentials(config), context.lead) }
    }
    const field = name === undefined ? '' : findField(name, where.fields ?? {}, config, context)
    if (field === undefined)
      return { outcome: 'refused', reason: `parameter ${nameForLog(name, config)} refused` }
    issues.push({ field, message: redactMessage(withoutMarkup(message), httpCredentials(config)) })
  }
  return issues.length > 0 ? { outcome: 'invalid', issues } : undefined
}

function readErrors(
  errors: unknown,
  { name, message }: { readonly name?: string | undefined; readonly message?: string | undefined },
): readonly WireError[] {
  if (typeof errors === 'string') return collectTexts(errors).map((text) => ({ message: text }))
  if (Array.isArray(errors)) {
    return errors.slice(0, maxErrors).flatMap((error: unknown): readonly WireError[] => {
      if (!isRecord(error)) return collectTexts(error).map((text) => ({ message: text }))
      const named = valueAt(error, name ?? 'field')
      const [text] = collectTexts(valueAt(error, message ?? 'message'))
      return text === undefined
        ? []
        : [{ name: typeof named === 'string' && named !== '' ? named : undefined, message: text }]
    })
  }
  if (!isRecord(errors)) return []
  return Object.entries(errors)
    .slice(0, maxErrors)
    .flatMap(([parameter, messages]) => {
      const [text] = collectTexts(messages)
      return text === undefined ? [] : [{ name: parameter, message: text }]
    })
}

/** The field that a parameter was filled from: by the rule's own table, or else by the rule that fills it. */
function findField(
  parameter: string,
  fields: Readonly<Record<string, string>>,
  config: HttpConfig,
  { lead: { values }, askedFields }: LeadContext,
): string | undefined {
  const isShown = (name: string): boolean => askedFields === undefined || askedFields.has(name)
  if (Object.hasOwn(fields, parameter)) return [fields[parameter] ?? ''].find(isShown)
  const rule = Object.hasOwn(config.fields, parameter) ? config.fields[parameter] : undefined
  if (rule === undefined) return undefined
  const names = ruleFieldNames(rule)
  return names.find((name) => Object.hasOwn(values, name) && isShown(name))
}

/** The parameter's name, if it is one of the configuration's: any other text may quote anything. */
function nameForLog(name: string | undefined, { body }: HttpConfig): string {
  return body.some(({ path }) => path === name) ? String(name) : 'of the answer'
}
