import type { FieldIssue } from '../../../lead/issue.ts'
import type { Outcome } from '../../../lead/outcome.ts'
import type { LeadContext } from '../context.ts'
import { redactMessage, redactReason, withoutMarkup } from '../error-messages.ts'
import type { BaseConfig } from '../field-rules.ts'
import type { Parameter } from '../parameter.ts'
import type { ParameterError } from './parameter-errors.ts'
import { isAboutAccess, isAboutDuplicate, isAboutLater, leavesOpenArrival } from './refusal-words.ts'
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

/**
 * The outcome of the errors with which a provider refused a lead. `refused`: they name a parameter that nobody typed, or
 * speak of access; only the operator can help. `duplicate`: they say that the provider has the lead; after a call
 * without an answer that is this lead, which counts as accepted. `unavailable`: it cannot answer now, and nothing says
 * that it has decided. `invalid`: the person can correct every parameter that they name. `declined`: anything else.
 */
export function classifyErrors<Config extends BaseConfig>(
  errors: readonly ParameterError[],
  call: RefusedCall<Config>,
): Extract<
  Outcome,
  { readonly outcome: 'invalid' | 'refused' | 'declined' | 'duplicate' | 'accepted' | 'unavailable' }
> {
  const { config, context, credentials } = call
  const issues = new Map<string, FieldIssue>()
  const faults: string[] = []
  const unnamed: string[] = []
  for (const { name, message: written } of errors) {
    const message = withoutMarkup(written)
    if (name === undefined) {
      unnamed.push(message)
      continue
    }
    const parameter = findParameter(name, call)
    const field = parameter && findCorrectableField(parameter, config, context)
    if (field === undefined) faults.push(`parameter ${name}: ${message || 'refused'}`)
    // An issue without a text asks for the field.
    else if (!issues.has(field))
      issues.set(field, message === '' ? { field } : { field, message: redactMessage(message, credentials) })
  }
  const reasonOf = (texts: readonly string[]): string =>
    redactReason(texts.join('; '), credentials, context.lead)
  if (faults.length > 0) return { outcome: 'refused', reason: reasonOf(faults) }
  const isDuplicate =
    unnamed.some(isAboutDuplicate) ||
    (errors.length > 0 && errors.every(({ message }) => isAboutDuplicate(message)))
  // One text may speak of the decision, and another one of the moment.
  const said = unnamed.join('; ')
  if (issues.size === 0 && !isDuplicate && isAboutLater(said))
    return { outcome: 'unavailable', reason: reasonOf(unnamed), mayHaveArrived: leavesOpenArrival(said) }
  if (unnamed.some(isAboutAccess)) return { outcome: 'refused', reason: reasonOf(unnamed) }
  if (isDuplicate) return { outcome: context.mayHaveArrived ? 'accepted' : 'duplicate' }
  if (issues.size > 0) return { outcome: 'invalid', issues: [...issues.values()] }
  return unnamed.length > 0 ? { outcome: 'declined', reason: reasonOf(unnamed) } : { outcome: 'declined' }
}

/**
 * The parameter that an error names: by its path, its end, or the name of its group (`phone` for `main.phone`,
 * `passport` for `passport.number`). Where several have the name, one that was sent and that a person filled in.
 */
function findParameter<Config extends BaseConfig>(
  name: string,
  { parameters, config, context }: RefusedCall<Config>,
): Parameter<Config> | undefined {
  const exact = parameters.filter(({ path }) => path === name)
  const ends = parameters.filter(({ path }) => path.endsWith(`.${name}`))
  const groups = parameters.filter(({ path }) => `.${path}`.includes(`.${name}.`))
  const candidates = [exact, ends, groups].find((found) => found.length > 0) ?? []
  const rank = (parameter: Parameter<Config>): number =>
    (parameterOrigin(parameter, config) === 'person' ? 0 : 2) +
    (writeParameters([parameter], config, context).length > 0 ? 0 : 1)
  return [...candidates].sort((one, other) => rank(one) - rank(other))[0]
}
