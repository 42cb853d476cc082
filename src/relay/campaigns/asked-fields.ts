import { findAskedNames } from '../../form/validate.ts'
import type { LeadValues } from '../../lead/values.ts'
import type { CampaignSettings } from './campaign-settings.ts'
import type { FormConfig } from '../config/form-config.ts'

/** The canonical names that a form shows for these values; `undefined` if the form is not served now. */
export type AskedFields = (form: string, values: LeadValues) => ReadonlySet<string> | undefined

/** Creates the look-up, which knows the questions that campaigns add to a form. */
export function createAskedFields(
  forms: ReadonlyMap<string, FormConfig>,
  campaigns: Pick<CampaignSettings, 'definitionOf'>,
): AskedFields {
  return (id, values) => {
    const form = forms.get(id)
    return form && findAskedNames(campaigns.definitionOf(form), values)
  }
}
