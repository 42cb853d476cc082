import { number, object, optional, safeParse, string, union, unknown } from 'valibot'
import type { FieldIssue } from '../../lead/issue.ts'
import type { Outcome } from '../../lead/outcome.ts'
import type { HttpResult, LeadContext } from '../core/context.ts'
import { collectTexts, redactMessage } from '../core/error-messages.ts'
import { parseJson } from '../core/json.ts'
import { sourceFieldNames, writeParameters } from '../core/write-parameters.ts'
import type { DevtekConfig } from './config.ts'
import { devtekParameters } from './parameters.ts'

const answerSchema = object({
  result: string(),
  data: optional(unknown()),
  errors: optional(unknown()),
})
const acceptedSchema = object({ id_lead: union([number(), string()]) })

/** Reads the response to a new lead. Only a documented "ok" is a success. */
export function devtekOutcome(result: HttpResult, config: DevtekConfig, context: LeadContext): Outcome {
  if ('failure' in result) {
    return { outcome: 'unavailable', reason: `no answer: ${result.failure}`, mayHaveArrived: result.sent }
  }
  const { status } = result
  // The body counts before the status: "bad" comes with 200 and with 4xx.
  const answer = safeParse(answerSchema, parseJson(result.body))
  if (answer.success && answer.output.result === 'ok') {
    const accepted = safeParse(acceptedSchema, answer.output.data)
    return accepted.success
      ? { outcome: 'accepted', providerId: redactMessage(String(accepted.output.id_lead), [config.token]) }
      : { outcome: 'accepted' }
  }
  if (status >= 500) return { outcome: 'unavailable', reason: `status ${status}`, mayHaveArrived: true }
  const bad = answer.success && answer.output.result === 'bad'
  const documented = bad ? parseRefusal(collectTexts(answer.output.errors), config, context) : undefined
  if (documented) return documented
  if (status === 401 || status === 403) return { outcome: 'refused', reason: `status ${status}` }
  if (status === 429 || status === 408) {
    return { outcome: 'unavailable', reason: `status ${status}`, mayHaveArrived: false }
  }
  // Further attempts do no harm, and the operator sees an unreadable answer.
  return { outcome: 'unreadable', reason: `status ${status}, not a documented answer`, mayHaveArrived: !bad }
}

/** The outcome that the errors of a "bad" mean, if any of them is documented. */
function parseRefusal(
  errors: readonly string[],
  config: DevtekConfig,
  context: LeadContext,
): Outcome | undefined {
  if (errors.some((error) => /^lead duplicate$/i.test(error))) {
    return context.mayHaveArrived ? { outcome: 'accepted' } : { outcome: 'duplicate' }
  }
  const issues: FieldIssue[] = []
  for (const error of errors) {
    const [, wireName, message] = /^Field "([^"]+)" error: (.+)$/su.exec(error) ?? []
    if (wireName === undefined || message === undefined) continue
    if (wireName === 'token' || wireName === 'id_webmaster') {
      return { outcome: 'refused', reason: `field ${wireName} refused` }
    }
    // The message does not name the section, so a parameter that was sent under this name is meant.
    const candidates = devtekParameters.filter(({ path }) => path.endsWith(`.${wireName}`))
    const sent = candidates.filter((parameter) => writeParameters([parameter], config, context).length > 0)
    const [field] = [...sent, ...candidates].flatMap((parameter) => sourceFieldNames(parameter, config))
    issues.push({ field: field ?? '', message: redactMessage(message, [config.token]) })
  }
  return issues.length > 0 ? { outcome: 'invalid', issues } : undefined
}
