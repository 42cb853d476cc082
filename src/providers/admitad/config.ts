import {
  array,
  boolean,
  check,
  type InferOutput,
  integer,
  lazy,
  literal,
  maxLength,
  maxValue,
  minValue,
  nonEmpty,
  number,
  object,
  optional,
  picklist,
  pipe,
  rawCheck,
  record,
  regex,
  strictObject,
  string,
  transform,
  union,
} from 'valibot'
import { fieldRulesSchema } from '../core/field-rules.ts'
import { isRecord } from '../core/json.ts'
import {
  baseUrlOption,
  credentialOption,
  headerCredentialOption,
  idOptionOf,
  nonEmptyTextOption,
  noPatronymicOption,
} from '../core/options/option-schemas.ts'

/** Campaigns that receive a lead together, and the pause in minutes before it if an earlier group was successful. */
export interface CampaignGroup {
  readonly ids: readonly number[]
  readonly pause: number
}

const idMessage = 'the id of a campaign, a whole number'
const pauseMessage = 'minutes, 0 to 1440'
const nonEmptyMessage = 'at least one campaign'

/** The id of a campaign. */
export const campaignIdOption = idOptionOf(idMessage)

const idsSchema = pipe(array(campaignIdOption), nonEmpty(nonEmptyMessage))
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

// Chosen by the type of the item, so that an issue names its position within the group.
const itemSchema = lazy((input) =>
  Array.isArray(input) ? idsSchema : isRecord(input) ? groupSchema : campaignIdOption,
)

/**
 * The `campaigns` option in every notation of the document, `[17809, [17288, 16651], { "ids": [16633], "pause": 80 }]`.
 * The output is always a list of groups.
 */
export const campaignsOption = pipe(
  array(itemSchema, 'a list of campaigns'),
  nonEmpty(nonEmptyMessage),
  transform((items): readonly CampaignGroup[] => items.map(normalizeGroup)),
  check((groups) => {
    const all = groups.flatMap(({ ids }) => ids)
    return new Set(all).size === all.length
  }, 'every campaign once'),
)

function normalizeGroup(item: InferOutput<typeof itemSchema>): CampaignGroup {
  if (typeof item === 'number') return { ids: [item], pause: 0 }
  return 'ids' in item ? item : { ids: item, pause: 0 }
}

/** The values of a parameter of at most `max` characters, by canonical values, which `keys` describes if they are known. */
function valueMap(max: number, keys = /^/, expected = 'a value') {
  const message = `a text of at most ${max} characters, or a number`
  const value = union([pipe(string(), maxLength(max, message)), number()], message)
  return optional(record(pipe(string(), regex(keys, expected)), value))
}

/** The parameters for which the document leaves the values to the campaigns. */
const valueMapsSchema = strictObject({
  gender: valueMap(50, /^(?:male|female)$/, 'male or female'),
  occupation: valueMap(100, /^[1-9]$/, '1 to 9'),
  overdue_loans: valueMap(50, /^[1-5]$/, '1 to 5'),
  product_type: valueMap(50),
  credit_purpose: valueMap(300),
  guarantor_type: valueMap(100),
  reg_region_name: valueMap(50),
  fact_region_name: valueMap(50),
  work_region_name: valueMap(50),
})

type Options = Readonly<Record<string, unknown>>

/** An option that others require. It is checked beside whatever else is wrong, and the issue names it. */
function requirement<Input extends object>(
  key: string,
  isMissing: (options: Options) => boolean,
  message: string,
) {
  return rawCheck<Input>(({ dataset: { value }, addIssue }) => {
    if (isRecord(value) && isMissing(value))
      addIssue({
        message,
        path: [{ type: 'unknown', origin: 'value', input: value, key, value: value[key] }],
      })
  })
}

/** Schema of the options of an Admitad destination, with credentials resolved. */
export const admitadConfig = pipe(
  object({
    provider: optional(literal('admitad')),
    /** `create` sends to any number of campaigns, `sync` to one: a bank that confirms the phone with a code. */
    mode: optional(picklist(['create', 'sync']), 'create'),
    /** Id of the website (площадка) that the applications come from. */
    websiteId: idOptionOf('the id of a website, a whole number'),
    /** The campaigns of `create`, in any notation of the document. */
    campaigns: optional(campaignsOption),
    /** The campaign of `sync`. */
    campaignId: optional(campaignIdOption),
    /** Obtains access tokens, together with the secret. */
    clientId: optional(credentialOption),
    /** Secret. */
    clientSecret: optional(credentialOption),
    /** Secret. An access token obtained elsewhere. It is not renewed. */
    accessToken: optional(headerCredentialOption),
    /** In test mode Admitad sends no application to the campaigns. */
    testMode: optional(boolean(), false),
    /** Source of the traffic: the operator's legal name or site. The host of the landing page by default. */
    personalDataAgent: optional(pipe(nonEmptyTextOption, maxLength(300, 'at most 300 characters'))),
    /**
     * The date that is sent as the application's date of receipt: the day of the consent, the day of receipt, or none.
     * The document does not say which is meant.
     */
    receivedDate: optional(union([picklist(['consent', 'receipt']), boolean()]), 'consent'),
    /**
     * Id of the consent whose text names the recipients (п. 2.1 of the rules of Broker). Without it no lead is sent.
     */
    consent: optional(nonEmptyTextOption, 'transfer'),
    /** The campaigns' own values, by parameter and canonical value: `{ "occupation": { "1": "employee" } }`. */
    valueMaps: optional(valueMapsSchema, {}),
    /**
     * Sent as the patronymic of a person without one; `false` sends nothing. By default "Нет" is sent if a campaign
     * requires the parameter.
     */
    noPatronymic: optional(noPatronymicOption(100)),
    /** Origin of the API, or of a sandbox. */
    baseUrl: optional(baseUrlOption('website', 'token', 'broker'), 'https://api.admitad.com'),
    fields: optional(fieldRulesSchema),
  }),
  requirement(
    'campaigns',
    ({ mode, campaigns }) => mode === 'create' && campaigns === undefined,
    'the campaigns that get the applications: with "mode": "create" they are needed',
  ),
  requirement(
    'campaignId',
    ({ mode, campaignId }) => mode === 'sync' && campaignId === undefined,
    'the campaign that gets the applications: with "mode": "sync" it is needed',
  ),
  requirement(
    'clientSecret',
    ({ clientId, clientSecret, accessToken }) =>
      accessToken === undefined && (clientId === undefined || clientSecret === undefined),
    'clientId and clientSecret, or an accessToken',
  ),
)

/** Options of an Admitad destination. */
export type AdmitadConfig = InferOutput<typeof admitadConfig>

/** A parameter that `valueMaps` can map. */
export type MappedName = keyof AdmitadConfig['valueMaps']

/** The campaigns of a destination, in the order in which they receive a lead. */
export function campaignIds({ mode, campaigns = [], campaignId }: AdmitadConfig): readonly number[] {
  if (mode === 'create') return campaigns.flatMap(({ ids }) => ids)
  return campaignId === undefined ? [] : [campaignId]
}
