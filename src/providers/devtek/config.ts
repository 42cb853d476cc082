import { type InferOutput, literal, object, optional, pipe, regex, string } from 'valibot'
import { fieldRulesSchema } from '../core/field-rules.ts'
import {
  baseUrlOption,
  credentialOption,
  idOption,
  noPatronymicOption,
} from '../core/options/option-schemas.ts'

/** The beginning of the addresses of the API's calls. */
const endpoints = ['new-lead', 'get-regions', 'get-cities'] as const

/** Schema of the options of a Devtek destination, with credentials resolved. */
export const devtekConfig = object({
  provider: optional(literal('devtek')),
  /** Id of the webmaster, from Devtek's administrator. */
  idWebmaster: idOption,
  /** Secret. 32 characters in the document's example. */
  token: credentialOption,
  /** Origin of the API, or of a sandbox. */
  baseUrl: optional(baseUrlOption(...endpoints), 'https://api.devtek.ru'),
  /** Origin of the lists of regions and cities. By default both known ones are tried. */
  placesBaseUrl: optional(baseUrlOption(...endpoints)),
  /** Sent as the patronymic of a person without one; `false` sends nothing. By default "Нет", because the parameter is required. */
  noPatronymic: optional(noPatronymicOption(255)),
  /** Link to a signed consent, a PDF that is served to Devtek only. Facts about the lead in braces are filled in. */
  signedConsentUrl: optional(
    pipe(
      string(),
      regex(
        /^https?:\/\/[^\s/{}]+(?:[^\s{}]|\{[\w.]+(?:[+-]\d+[a-z])?\})*$/,
        'an address, https://…, with names in braces such as {leadId}',
      ),
    ),
  ),
  fields: optional(fieldRulesSchema),
})

/** Options of a Devtek destination. */
export type DevtekConfig = InferOutput<typeof devtekConfig>
