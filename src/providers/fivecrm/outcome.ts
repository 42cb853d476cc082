import type { FieldIssue } from '../../lead/issue.ts'
import type { Outcome } from '../../lead/outcome.ts'
import { notRepeated } from '../not-repeated.ts'
import type { Parameter } from '../parameter.ts'
import type { HttpResult, ProviderContext } from '../provider.ts'
import { quote } from '../quote.ts'
import { blamedFor, enteredAs } from '../write-parameters.ts'
import { type FiveCrmAnswer, readFiveCrmAnswer, saysNo, saysYes } from './answer.ts'
import type { FiveCrmConfig } from './config.ts'
import { fiveCrmParameters } from './parameters.ts'

/** More than a request has parameters. */
const mostErrors = 100

/** Reads an answer to a new lead. Only success is documented; refusals are read in the shape that Laravel gives them. */
export function fiveCrmOutcome(result: HttpResult, config: FiveCrmConfig, context: ProviderContext): Outcome {
  if ('failure' in result) return notRepeated(result)
  const { status } = result
  const answer = status < 500 ? readFiveCrmAnswer(result.body) : undefined
  if (!answer) return notRepeated(result)
  if (status >= 200 && status < 300 && saysYes(answer)) return { outcome: 'accepted' }
  return refusal(answer, status, config, context) ?? notRepeated(result)
}

function refusal(
  answer: FiveCrmAnswer,
  status: number,
  config: FiveCrmConfig,
  context: ProviderContext,
): Outcome | undefined {
  const { publicToken, secretToken } = config
  const errors = saysYes(answer) ? [] : errorsByParameter(answer.errors)
  const parameters = fiveCrmParameters(config)
  const issues: FieldIssue[] = []
  for (const [path, message] of errors) {
    const parameter = parameters.find((row) => row.path === path)
    // What nobody entered is the operator's to mend: a token, or an id of the options.
    if (/^(?:public|secret|private)_token$/.test(path) || (parameter && isConfigured(parameter, config))) {
      return { outcome: 'refused', reason: `parameter ${path} refused` }
    }
    const field = parameter ? blamedFor(parameter, config, context) : ''
    issues.push({ field, message: quote(message, [publicToken, secretToken]) })
  }
  if (issues.length > 0) return { outcome: 'invalid', issues }
  if (!saysNo(answer)) return undefined
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
  return enteredAs(parameter, config).length === 0
}

/** The first text of every field: `{ "phone": ["…"] }`, or one text for a list. */
function errorsByParameter(errors: unknown): readonly (readonly [path: string, message: string])[] {
  if (typeof errors !== 'object' || errors === null) return []
  return Object.entries(errors)
    .slice(0, mostErrors)
    .flatMap(([path, told]: [string, unknown]) => {
      const message: unknown = Array.isArray(told) ? told[0] : told
      return typeof message === 'string' && message !== '' ? [[path, message] as const] : []
    })
}
