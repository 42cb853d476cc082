import {
  type InferOutput,
  integer,
  literal,
  minLength,
  number,
  object,
  optional,
  pipe,
  string,
  url,
} from 'valibot'
import { fieldRulesSchema } from '../core/field-rules.ts'

/** Schema of the options of a Devtek destination, with credentials resolved. */
export const devtekConfig = object({
  provider: optional(literal('devtek')),
  /** Id of the webmaster, from Devtek's administrator. */
  idWebmaster: pipe(number(), integer('a whole number')),
  /** Secret. 32 characters in the document's example. */
  token: pipe(string(), minLength(1, 'a text that is not empty')),
  /** Origin of the API, or of a sandbox. */
  baseUrl: optional(pipe(string(), url('an address, https://…')), 'https://api.devtek.ru'),
  /** Origin of the lists of regions and cities, if it differs: the document names https://api.devtek.io for them. */
  placesBaseUrl: optional(pipe(string(), url('an address, https://…'))),
  /** Sent as the patronymic of a person without one. By default nothing is sent. */
  noPatronymic: optional(string()),
  /** Link to a signed consent, a PDF that is served to Devtek only. */
  signedConsentUrl: optional(pipe(string(), url('an address, https://…'))),
  fields: optional(fieldRulesSchema),
})

/** Options of a Devtek destination. */
export type DevtekConfig = InferOutput<typeof devtekConfig>
