import type { FieldIssue } from '../../lead/issue.ts'
import type { Outcome } from '../../lead/outcome.ts'
import { classifyNonIdempotent } from '../core/classify-non-idempotent.ts'
import type { Parameter } from '../core/parameter.ts'
import type { HttpResult, LeadContext } from '../core/context.ts'
import { redactMessage } from '../core/redact-message.ts'
import { issueFieldName, sourceFieldNames } from '../core/write-parameters.ts'
import { type FiveCrmResponse, parseFiveCrmResponse, isRejection, isSuccess } from './response.ts'
import type { FiveCrmConfig } from './config.ts'
import { fiveCrmParameters } from './parameters.ts'

/** More than a request has parameters. */
const maxErrors = 100

/** Reads an answer to a new lead. Only success is documented; refusals are read in the shape that Laravel gives them. */
export function fiveCrmOutcome(result: HttpResult, config: FiveCrmConfig, context: LeadContext): Outcome {
  if ('failure' in result) return classifyNonIdempotent(result)
  const { status } = result
  const answer = status < 500 ? parseFiveCrmResponse(result.body) : undefined
  if (!answer) return classifyNonIdempotent(result)
  if (status >= 200 && status < 300 && isSuccess(answer)) return { outcome: 'accepted' }
  return parseRefusal(answer, status, config, context) ?? classifyNonIdempotent(result)
}

function parseRefusal(
  answer: FiveCrmResponse,
  status: number,
  config: FiveCrmConfig,
  context: LeadContext,
): Outcome | undefined {
  const { publicToken, secretToken } = config
  const errors = isSuccess(answer) ? [] : parseParameterErrors(answer.errors)
  const parameters = fiveCrmParameters(config)
  const issues: FieldIssue[] = []
  for (const [path, message] of errors) {
    const parameter = parameters.find((row) => row.path === path)
    // What nobody entered is the operator's to mend: a token, or an id of the options.
    if (/^(?:public|secret|private)_token$/.test(path) || (parameter && isConfigured(parameter, config))) {
      return { outcome: 'refused', reason: `parameter ${path} refused` }
    }
    const field = parameter ? issueFieldName(parameter, config, context) : ''
    issues.push({ field, message: redactMessage(message, [publicToken, secretToken]) })
  }
  if (issues.length > 0) return { outcome: 'invalid', issues }
  if (!isRejection(answer)) return undefined
  const { message } = answer
  if (typeof message === 'string' && /token/i.test(message))
    return { outcome: 'refused', reason: 'the token was refused' }
  return {
    outcome: 'unreadable',
    reason: `status ${status}, not taken, for a reason that nothing documents`,
    mayHaveArrived: false,
  }
}

function isConfigured(parameter: Parameter<FiveCrmConfig>, config: FiveCrmConfig): boolean {
  return sourceFieldNames(parameter, config).length === 0
}

/** The first text of every field: `{ "phone": ["…"] }`, or one text for a list. */
function parseParameterErrors(errors: unknown): readonly (readonly [path: string, message: string])[] {
  if (typeof errors !== 'object' || errors === null) return []
  return Object.entries(errors)
    .slice(0, maxErrors)
    .flatMap(([path, told]: [string, unknown]) => {
      const message: unknown = Array.isArray(told) ? told[0] : told
      return typeof message === 'string' && message !== '' ? [[path, message] as const] : []
    })
}
