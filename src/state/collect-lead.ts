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

/**
 * Keeps the answers for another lead, and returns the function that enters them. A gender that the name implies is not one
 * of them: the other lead may be about another person. One that differs from what the name implies was chosen.
 */
export function keepAnswers(
  models: ReadonlyMap<FieldName, FieldModel>,
  steps: readonly ResolvedStep[],
): () => void {
  const implied = new Set(
    steps.flatMap(({ fields }) =>
      fields.flatMap(({ name, implied: isImplied }) => (isImplied ? [name] : [])),
    ),
  )
  const given = [...models].map(([name, model]) => ({ model, text: model.entered.value, name }))
  return () => {
    for (const { name, model, text } of given) if (!implied.has(name)) model.setText(text)
    for (const { name, model, text } of given)
      if (implied.has(name) && model.text.value !== text) model.setText(text)
  }
}
