import {
  array,
  boolean,
  check,
  forward,
  type InferOutput,
  integer,
  lazy,
  literal,
  maxLength,
  maxValue,
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
  transform,
  union,
  url,
} from 'valibot'
import { fieldRulesSchema } from '../core/field-rules.ts'

/** Campaigns that get a lead together, and the pause in minutes before that if an earlier group was successful. */
export interface CampaignGroup {
  readonly ids: readonly number[]
  readonly pause: number
}

const idMessage = 'the id of a campaign, a whole number'
const pauseMessage = 'minutes, 0 to 1440'
const nonEmptyMessage = 'at least one campaign'

/** The id of a campaign. */
export const campaignIdOption = pipe(number(idMessage), integer(idMessage), minValue(1, idMessage))

const idsSchema = pipe(array(campaignIdOption), minLength(1, nonEmptyMessage))
const groupSchema = strictObject({
  ids: idsSchema,
  pause: optional(
    pipe(
      number(pauseMessage),
      integer(pauseMessage),
      minValue(0, pauseMessage),
      maxValue(1440, pauseMessage),
    ),
    0,
  ),
})

// Chosen by what stands there, so that a mistake is told with its place in the group.
const itemSchema = lazy((input) =>
  Array.isArray(input) ? idsSchema : isObject(input) ? groupSchema : campaignIdOption,
)

/**
 * The `campaigns` option in every notation of the document, `[17809, [17288, 16651], { "ids": [16633], "pause": 80 }]`, to
 * the normal one: a list of groups.
 */
export const campaignsOption = pipe(
  array(itemSchema, 'a list of campaigns'),
  minLength(1, nonEmptyMessage),
  transform((items): readonly CampaignGroup[] => items.map(normalizeGroup)),
  check((groups) => {
    const all = groups.flatMap((one) => one.ids)
    return new Set(all).size === all.length
  }, 'every campaign once'),
)

function normalizeGroup(written: InferOutput<typeof itemSchema>): CampaignGroup {
  if (typeof written === 'number') return { ids: [written], pause: 0 }
  return 'ids' in written ? written : { ids: written, pause: 0 }
}

function isObject(input: unknown): boolean {
  return typeof input === 'object' && input !== null
}

const nonEmptyText = pipe(string(), minLength(1, 'a text that is not empty'))
const websiteIdMessage = 'the id of a website, a whole number'

const valueMapSchema = optional(record(string(), union([string(), number()])))

/** The parameters whose values the document leaves to the campaigns. */
const valueMapsSchema = strictObject({
  gender: valueMapSchema,
  occupation: valueMapSchema,
  overdue_loans: valueMapSchema,
  product_type: valueMapSchema,
  credit_purpose: valueMapSchema,
  guarantor_type: valueMapSchema,
  reg_region_name: valueMapSchema,
  fact_region_name: valueMapSchema,
  work_region_name: valueMapSchema,
})

/** Options of an Admitad destination, credentials filled in. */
export const admitadConfig = pipe(
  object({
    provider: optional(literal('admitad')),
    /** `create` sends to any number of campaigns; `sync` to one, a bank that confirms the phone with a code. */
    mode: optional(picklist(['create', 'sync']), 'create'),
    /** Id of the website (площадка) that the applications come from. */
    websiteId: pipe(number(websiteIdMessage), integer(websiteIdMessage), minValue(1, websiteIdMessage)),
    /** The campaigns of `create`, in any notation of the document. */
    campaigns: optional(campaignsOption),
    /** The campaign of `sync`. */
    campaignId: optional(campaignIdOption),
    /** Buys access tokens, together with the secret. */
    clientId: optional(nonEmptyText),
    /** Secret. */
    clientSecret: optional(nonEmptyText),
    /** Secret. A token that was bought elsewhere; it is not renewed. */
    accessToken: optional(nonEmptyText),
    /** Nothing reaches the campaigns. */
    testMode: optional(boolean(), false),
    /** Source of the traffic: the operator's legal name or site; the landing page's site unless given. */
    personalDataAgent: optional(pipe(nonEmptyText, maxLength(300, 'at most 300 characters'))),
    /**
     * What is sent as the date on which the application was received: the day of the consent, the day of receipt, or
     * nothing. The document does not tell which is meant.
     */
    receivedDate: optional(union([picklist(['consent', 'receipt']), boolean()]), 'consent'),
    /** Id of the consent whose text names the recipients (п. 2.1 of the rules of Broker): without it nothing is sent. */
    consent: optional(nonEmptyText, 'transfer'),
    /** What the campaigns call a value, by parameter and canonical value: `{ "occupation": { "1": "employee" } }`. */
    valueMaps: optional(valueMapsSchema, {}),
    /** Origin of the API; a sandbox stands in for it here. */
    baseUrl: optional(pipe(string(), url('an address, https://…')), 'https://api.admitad.com'),
    fields: optional(fieldRulesSchema),
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

/** The campaigns that a destination sends to, in the order of their turns. */
export function campaignIds({ mode, campaigns = [], campaignId }: AdmitadConfig): readonly number[] {
  if (mode === 'create') return campaigns.flatMap(({ ids }) => ids)
  return campaignId === undefined ? [] : [campaignId]
}
