import type { FormDefinition } from '../../../../form/definition.ts'
import type { DeliveryTask } from '../../delivery-store.ts'
import type { SignedConsents } from './signed-consents.ts'
import { describeError, type Log } from '../../../log.ts'

/** Returns the function that finds the signed consent of a delivery. A lead goes without one rather than not at all. */
export function createSignedConsentFinder(
  signedConsents: Pick<SignedConsents, 'addressFor'>,
  forms: ReadonlyMap<string, { readonly definition: FormDefinition }>,
  log: Log,
): (task: DeliveryTask) => Promise<string | undefined> {
  return async ({ form, lead, revision, content }) => {
    const definition = forms.get(form)?.definition
    if (!definition) return undefined
    try {
      return await signedConsents.addressFor({ lead: content, revision, definition })
    } catch (error) {
      log('error', 'A signed consent could not be made, and the lead goes without it', {
        lead,
        fault: describeError(error),
      })
      return undefined
    }
  }
}
