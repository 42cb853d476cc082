import type { LeadValues } from '../../../../lead/values.ts'
import { redactedSecret } from '../../../../providers/core/error-messages.ts'
import type { AskedFields } from '../../../campaigns/asked-fields.ts'
import type { CampaignSettings } from '../../../campaigns/campaign-settings.ts'
import { buildRedactedRequest, type RedactedRequest } from '../../../delivery/preview-lead.ts'
import type { Destination } from '../../../destinations/destination.ts'
import type { StoredLeadDetails, StoredRevision } from '../../../leads/console/load-lead-details.ts'
import { maskValuesForAdapter } from '../../../leads/console/mask.ts'
import type { DeliveryState } from '../../../leads/lead-state.ts'

/** What the requests of a lead are built with. */
export interface MaskedRequestDeps {
  readonly campaigns: Pick<CampaignSettings, 'contextFor'>
  readonly askedFields: AskedFields
  /** Adds the KLADR codes of typed places to a lead's values. */
  readonly completePlaceCodes: (form: string, values: LeadValues) => Promise<LeadValues>
}

/**
 * Builds the request of a delivery as it would be sent now, without credentials and without a person's values: the adapter
 * gets masked ones, so that none can be left over in any encoding. `undefined` if the call would not be made.
 */
export async function buildMaskedRequest(
  { campaigns, askedFields, completePlaceCodes }: MaskedRequestDeps,
  destination: Destination,
  { listed, leadNumber }: Pick<StoredLeadDetails, 'listed' | 'leadNumber'>,
  { values, consents, attribution, page, receivedAt, revision }: StoredRevision,
  { attempts, mayHaveArrived }: DeliveryState,
  now: Date,
): Promise<RedactedRequest | undefined> {
  const { form, id } = listed
  try {
    const completed = await completePlaceCodes(form, values)
    const context = {
      ...campaigns.contextFor(destination),
      now,
      attempt: Math.max(1, attempts),
      mayHaveArrived,
      leadNumber,
      askedFields: askedFields(form, values),
      form,
      revision,
      accessToken: destination.account.token ? redactedSecret : undefined,
      signedConsentUrl: destination.sendsSignedConsent ? redactedSecret : undefined,
      lead: { id, values: completed, consents, attribution, page, receivedAt },
    }
    if (destination.precondition(context)) return undefined
    return buildRedactedRequest(destination, {
      ...context,
      lead: { ...context.lead, values: maskValuesForAdapter(completed) },
    })
  } catch {
    // An adapter cannot build a request of these values: its attempts say so.
    return undefined
  }
}
