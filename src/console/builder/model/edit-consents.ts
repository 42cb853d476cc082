import type { AfterOutcome, Ending, EndingName } from '../../../form/after-outcome.ts'
import type { ConsentDefinition } from '../../../form/definition.ts'
import type { DraftForm } from './draft.ts'
import { moveItem, removeItem, replaceItem, withChanges } from './edit-steps.ts'

/** Consents whose sentence the locale knows, in the order in which a form usually asks for them. */
export const knownConsents = ['processing', 'transfer', 'advertising'] as const

/** Adds a consent: the first known one that the form does not have, or one of the author's own. */
export function addConsent(form: DraftForm): DraftForm {
  const ids = form.consents.map(({ id }) => id)
  const known = knownConsents.find((id) => !ids.includes(id))
  let number = ids.length
  while (ids.includes(`consent-${number}`)) number += 1
  const consent: ConsentDefinition = {
    id: known ?? `consent-${number}`,
    required: known === 'processing',
    documentUrl: '',
    version: '',
  }
  return { ...form, consents: [...form.consents, consent] }
}

/** Removes a consent. */
export function removeConsent(form: DraftForm, index: number): DraftForm {
  return { ...form, consents: removeItem(form.consents, index) }
}

/** Moves a consent. */
export function moveConsent(form: DraftForm, from: number, to: number): DraftForm {
  return { ...form, consents: moveItem(form.consents, from, to) }
}

/** Changes a consent; an empty text becomes the locale's sentence. */
export function updateConsent(
  form: DraftForm,
  index: number,
  changes: Partial<ConsentDefinition>,
): DraftForm {
  const consent = form.consents[index]
  return consent
    ? { ...form, consents: replaceItem(form.consents, index, withChanges(consent, changes)) }
    : form
}

/** Changes what comes after an outcome. What has no setting left is left out. */
export function updateEnding(form: DraftForm, name: EndingName, changes: Partial<Ending>): DraftForm {
  const ending = withChanges({ ...form.after?.[name] }, changes)
  const isEmpty = Object.keys(ending).length === 0
  const after: AfterOutcome = withChanges({ ...form.after }, { [name]: isEmpty ? undefined : ending })
  return withChanges(form, { after: Object.keys(after).length === 0 ? undefined : after })
}
