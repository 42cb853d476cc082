import type { FieldName } from '../fields/fields.ts'
import type { ResolvedStep } from '../form/expand-definition.ts'
import { withoutEntered } from '../lead/entered-parameters.ts'
import type { Lead } from '../lead/lead.ts'
import type { LeadIdentity } from '../lead/lead-identity.ts'
import type { LeadValues } from '../lead/values.ts'
import type { ConsentState } from './consents-model.ts'
import type { FieldModel } from './field-model.ts'
import type { ActionPorts } from './form-ports.ts'

/**
 * Assembles a lead as it is sent. Everything that the person or the page could still change is read before the first
 * `await`.
 */
export async function collectLead(
  { id, key }: LeadIdentity,
  values: LeadValues,
  consentStates: readonly ConsentState[],
  startedAt: Date | undefined,
  ports: ActionPorts,
): Promise<Lead> {
  const submittedAt = ports.now()
  const { url, variant, attribution } = ports.origin()
  const consents = await Promise.all(
    consentStates.flatMap(({ consent, acceptedAt }) => {
      const { id: consentId, documentUrl, version } = consent
      return acceptedAt === undefined
        ? []
        : ports.digest(ports.consentText(consent)).then((textSha256) => ({
            id: consentId,
            documentUrl,
            version,
            acceptedAt,
            ...(textSha256 === undefined ? {} : { textSha256 }),
          }))
    }),
  )
  return {
    id,
    key,
    values,
    consents,
    attribution: withoutEntered(attribution, values),
    page: {
      url,
      startedAt: (startedAt ?? submittedAt).toISOString(),
      submittedAt: submittedAt.toISOString(),
      ...(variant === undefined ? {} : { variant }),
    },
    widget: ports.version,
  }
}

/** The answers for another lead. What nobody sees is not one of them: it may be about another person. */
export function keepAnswers(
  models: ReadonlyMap<FieldName, FieldModel>,
  steps: readonly ResolvedStep[],
): ReadonlyMap<FieldName, string> {
  const implied = steps.flatMap(({ fields }) => fields.filter((field) => field.implied))
  const unseen = new Set(implied.map(({ name }) => name))
  return new Map(
    [...models].flatMap(([name, { entered }]) => (unseen.has(name) ? [] : [[name, entered.value]])),
  )
}
