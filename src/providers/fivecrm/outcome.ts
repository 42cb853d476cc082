import type { FieldIssue } from '../../lead/issue.ts'
import type { Outcome } from '../../lead/outcome.ts'
import { classifyNonIdempotent } from '../core/classify-non-idempotent.ts'
import type { Parameter } from '../core/parameter.ts'
import type { HttpResult, LeadContext } from '../core/context.ts'
import { redactMessage } from '../core/error-messages.ts'
import { issueFieldName, sourceFieldNames } from '../core/write-parameters.ts'
import { type FiveCrmResponse, parseFiveCrmResponse, isRejection, isSuccess } from './response.ts'
import type { FiveCrmConfig } from './config.ts'
import { fiveCrmParameters } from './parameters.ts'

/** More than the parameters of any request. */
const maxErrors = 100

/**
 * Reads the response to a new lead. Only success is documented; errors are read in the shape that Laravel gives them.
 */
export function fiveCrmOutcome(result: HttpResult, config: FiveCrmConfig, context: LeadContext): Outcome {
  if ('failure' in result) return classifyNonIdempotent(result)
  const { status } = result
  const answer = status < 500 ? parseFiveCrmResponse(result.body) : undefined
  if (!answer) return classifyNonIdempotent(result)
  if (status >= 200 && status < 300 && isSuccess(answer)) return { outcome: 'accepted' }
  return parseRejection(answer, status, config, context) ?? classifyNonIdempotent(result)
}

function parseRejection(
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
    const parameter = parameters.find((candidate) => candidate.path === path)
    // A value that no person entered is for the operator to correct: a token, or an id of the options.
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
    reason: `status ${status}, refused for an undocumented reason`,
    mayHaveArrived: false,
  }
}

function isConfigured(parameter: Parameter<FiveCrmConfig>, config: FiveCrmConfig): boolean {
  return sourceFieldNames(parameter, config).length === 0
}

/** The first message of every parameter: `{ "phone": ["…"] }`, or a text in place of the list. */
function parseParameterErrors(errors: unknown): readonly (readonly [path: string, message: string])[] {
  if (typeof errors !== 'object' || errors === null) return []
  return Object.entries(errors)
    .slice(0, maxErrors)
    .flatMap(([path, messages]: [string, unknown]) => {
      const message: unknown = Array.isArray(messages) ? messages[0] : messages
      return typeof message === 'string' && message !== '' ? [[path, message] as const] : []
    })
}
