import {
  boolean,
  forward,
  integer,
  type InferOutput,
  literal,
  maxLength,
  minLength,
  minValue,
  number,
  object,
  optional,
  partialCheck,
  picklist,
  pipe,
  record,
  strictObject,
  string,
  union,
  url,
} from 'valibot'
import { fieldRules } from '../field-rules.ts'
import { campaignId, campaigns } from './campaigns.ts'

const text = pipe(string(), minLength(1, 'a text that is not empty'))
const websiteText = 'the id of a website, a whole number'

const valueMap = optional(record(string(), union([string(), number()])))

/** The parameters whose values the document leaves to the campaigns. */
const valueMaps = strictObject({
  gender: valueMap,
  occupation: valueMap,
  overdue_loans: valueMap,
  product_type: valueMap,
  credit_purpose: valueMap,
  guarantor_type: valueMap,
  reg_region_name: valueMap,
  fact_region_name: valueMap,
  work_region_name: valueMap,
})

/** Options of an Admitad destination, credentials filled in. */
export const admitadConfig = pipe(
  object({
    provider: optional(literal('admitad')),
    /** `create` sends to any number of campaigns; `sync` to one, a bank that confirms the phone with a code. */
    mode: optional(picklist(['create', 'sync']), 'create'),
    /** Id of the website (площадка) that the applications come from. */
    websiteId: pipe(number(websiteText), integer(websiteText), minValue(1, websiteText)),
    /** The campaigns of `create`, in any notation of the document. */
    campaigns: optional(campaigns),
    /** The campaign of `sync`. */
    campaignId: optional(campaignId),
    /** Buys access tokens, together with the secret. */
    clientId: optional(text),
    /** Secret. */
    clientSecret: optional(text),
    /** Secret. A token that was bought elsewhere; it is not renewed. */
    accessToken: optional(text),
    /** Nothing reaches the campaigns. */
    testMode: optional(boolean(), false),
    /** Source of the traffic: the operator's legal name or site; the landing page's site unless given. */
    personalDataAgent: optional(pipe(text, maxLength(300, 'at most 300 characters'))),
    /**
     * What is sent as the date on which the application was received: the day of the consent, the day of receipt, or
     * nothing. The document does not tell which is meant.
     */
    receivedDate: optional(union([picklist(['consent', 'receipt']), boolean()]), 'consent'),
    /** Id of the consent whose text names the recipients (п. 2.1 of the rules of Broker): without it nothing is sent. */
    consent: optional(text, 'transfer'),
    /** What the campaigns call a value, by parameter and canonical value: `{ "occupation": { "1": "employee" } }`. */
    valueMaps: optional(valueMaps, {}),
    /** Origin of the API; a sandbox stands in for it here. */
    baseUrl: optional(pipe(string(), url('an address, https://…')), 'https://api.admitad.com'),
    fields: optional(fieldRules),
  }),
  forward(
    partialCheck(
      [['mode'], ['campaigns']],
      ({ mode, campaigns: groups }) => mode !== 'create' || groups !== undefined,
      'the campaigns that get the applications: with "mode": "create" they are needed',
    ),
    ['campaigns'],
  ),
  forward(
    partialCheck(
      [['mode'], ['campaignId']],
      ({ mode, campaignId: id }) => mode !== 'sync' || id !== undefined,
      'the campaign that gets the applications: with "mode": "sync" it is needed',
    ),
    ['campaignId'],
  ),
  forward(
    partialCheck(
      [['clientId'], ['clientSecret'], ['accessToken']],
      ({ clientId, clientSecret, accessToken }) =>
        accessToken !== undefined || (clientId !== undefined && clientSecret !== undefined),
      'clientId and clientSecret, or an accessToken',
    ),
    ['clientSecret'],
  ),
)

/** Options of an Admitad destination. */
export type AdmitadConfig = InferOutput<typeof admitadConfig>

/** The name of a parameter that `valueMaps` can hold. */
export type MappedName = keyof AdmitadConfig['valueMaps']
