import {
  array,
  check,
  integer,
  type InferOutput,
  lazy,
  maxValue,
  minLength,
  minValue,
  number,
  optional,
  pipe,
  strictObject,
  transform,
} from 'valibot'

/** Campaigns that get a lead together, and the pause in minutes before that if an earlier group was successful. */
export interface CampaignGroup {
  readonly ids: readonly number[]
  readonly pause: number
}

const idText = 'the id of a campaign, a whole number'
const pauseText = 'minutes, 0 to 1440'
const nonEmptyText = 'at least one campaign'

/** The id of a campaign. */
export const campaignId = pipe(number(idText), integer(idText), minValue(1, idText))

const ids = pipe(array(campaignId), minLength(1, nonEmptyText))
const group = strictObject({
  ids,
  pause: optional(
    pipe(number(pauseText), integer(pauseText), minValue(0, pauseText), maxValue(1440, pauseText)),
    0,
  ),
})

// Chosen by what stands there, so that a mistake is told with its place in the group.
const item = lazy((input) => (Array.isArray(input) ? ids : isObject(input) ? group : campaignId))

/**
 * The `campaigns` option in every notation of the document, `[17809, [17288, 16651], { "ids": [16633], "pause": 80 }]`, to
 * the normal one: a list of groups.
 */
export const campaigns = pipe(
  array(item, 'a list of campaigns'),
  minLength(1, nonEmptyText),
  transform((items): readonly CampaignGroup[] => items.map(groupOf)),
  check((groups) => {
    const all = groups.flatMap((one) => one.ids)
    return new Set(all).size === all.length
  }, 'every campaign once'),
)

function groupOf(written: InferOutput<typeof item>): CampaignGroup {
  if (typeof written === 'number') return { ids: [written], pause: 0 }
  return 'ids' in written ? written : { ids: written, pause: 0 }
}

function isObject(input: unknown): boolean {
  return typeof input === 'object' && input !== null
}
