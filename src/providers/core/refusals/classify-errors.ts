import type { FieldIssue } from '../../../lead/issue.ts'
import type { Outcome } from '../../../lead/outcome.ts'
import type { LeadContext } from '../context.ts'
import { redactMessage, redactReason } from '../error-messages.ts'
import type { BaseConfig } from '../field-rules.ts'
import type { Parameter } from '../parameter.ts'
import type { ParameterError } from './parameter-errors.ts'
import { findCorrectableField, parameterOrigin } from '../parameters/parameter-origin.ts'
import { writeParameters } from '../write-parameters.ts'

/** What the errors of a response are about. */
export interface RefusedCall<Config extends BaseConfig> {
  /** Every parameter of the call, the reserved ones included. */
  readonly parameters: readonly Parameter<Config>[]
  readonly config: Config
  readonly context: LeadContext
  readonly credentials: readonly (string | undefined)[]
}

/** Words about the sender's access, not about the person. */
const accessWords =
  /\btoken\b|\baccess\b|\bunauthori[sz]ed\b|\bauthenticat|\bauthoris?z?ation\b|\bforbidden\b|\bcredentials?\b|\bpermissions?\b|\bwebmaster\b|\bapi[ _-]?key\b|(?:^|[^\p{L}])(?:токен\p{L}{0,2}|доступ(?:а|у|е|ом)?|авторизац\p{L}+|вебмастер\p{L}*)(?![\p{L}])/iu

/**
 * The outcome of the errors with which a provider refused a lead. `invalid`: the person can correct every parameter that
 * they name. `refused`: they name a parameter that nobody typed, or speak of access; only the operator can help.
 * `declined`: anything else.
 */
export function classifyErrors<Config extends BaseConfig>(
  errors: readonly ParameterError[],
  call: RefusedCall<Config>,
): Extract<Outcome, { readonly outcome: 'invalid' | 'refused' | 'declined' }> {
  const { config, context, credentials } = call
  const issues = new Map<string, FieldIssue>()
  const faults: string[] = []
  for (const { name, message } of errors) {
    if (name === undefined) continue
    const parameter = findParameter(name, call)
    const field = parameter && findCorrectableField(parameter, config, context)
    if (field === undefined) faults.push(`parameter ${name}: ${message}`)
    else if (!issues.has(field)) issues.set(field, { field, message: redactMessage(message, credentials) })
  }
  const reasonOf = (texts: readonly string[]): string =>
    redactReason(texts.join('; '), credentials, context.lead)
  if (faults.length > 0) return { outcome: 'refused', reason: reasonOf(faults) }
  if (issues.size > 0) return { outcome: 'invalid', issues: [...issues.values()] }
  const texts = errors.map(({ message }) => message)
  if (texts.some((text) => accessWords.test(text))) return { outcome: 'refused', reason: reasonOf(texts) }
  return texts.length > 0 ? { outcome: 'declined', reason: reasonOf(texts) } : { outcome: 'declined' }
}

/**
 * The parameter that an error names: by its path, its end, or the name of its group (`phone` for `main.phone`,
 * `passport` for `passport.number`). Where several have the name, one that was sent and that a person filled in.
 */
function findParameter<Config extends BaseConfig>(
  name: string,
  { parameters, config, context }: RefusedCall<Config>,
): Parameter<Config> | undefined {
  const wanted = name.replace(/\[(\w+)\]/g, '.$1')
  const exact = parameters.filter(({ path }) => path === wanted)
  const ends = parameters.filter(({ path }) => path.endsWith(`.${wanted}`))
  const groups = parameters.filter(({ path }) => `.${path}`.includes(`.${wanted}.`))
  const candidates = [exact, ends, groups].find((found) => found.length > 0) ?? []
  const rank = (parameter: Parameter<Config>): number =>
    (parameterOrigin(parameter, config) === 'person' ? 0 : 2) +
    (writeParameters([parameter], config, context).length > 0 ? 0 : 1)
  return [...candidates].sort((one, other) => rank(one) - rank(other))[0]
}
