import {
  array,
  boolean,
  check,
  type InferOutput,
  minValue,
  nonEmpty,
  number,
  optional,
  pipe,
  strictObject,
  string,
  union,
} from 'valibot'
import type { DeepReadonly } from '../lead/deep-readonly.ts'
import { findLinkProblem } from '../lead/links/check-link.ts'
import { parseLogoAddress } from '../lead/links/logo-address.ts'

/** The outcomes that a definition can say something about. */
export const endings = ['accepted', 'declined', 'duplicate', 'queued'] as const

/** One of {@link endings}. */
export type EndingName = (typeof endings)[number]

/** A text that somebody has to read. */
export const nonEmptyText = pipe(string(), nonEmpty('a text that is not empty'))

const link = pipe(
  nonEmptyText,
  check(
    (address) => findLinkProblem(address) === undefined,
    ({ input }) => findLinkProblem(input) ?? '',
  ),
)

const logo = pipe(
  nonEmptyText,
  check(
    (address) => parseLogoAddress(address) !== undefined,
    'an image: a file beside the configuration or the page ("logos/bank.svg"), an address https://…, or data:image/…;base64,…',
  ),
)

const expectedPercent = 'per cent a year, 0 or more'
const percent = pipe(number(), minValue(0, expectedPercent))
const fullCost = pipe(
  strictObject({ min: percent, max: percent }),
  check(({ min, max }) => min <= max, '"min" up to "max"'),
)

const offerEntries = strictObject({
  /** The lender's name, or that of the loan. */
  title: nonEmptyText,
  text: optional(nonEmptyText),
  logo: optional(logo),
  /** Where the button leads. */
  url: link,
  /** Full cost of credit, per cent a year. */
  fullCost: optional(fullCost),
  /** Per cent a day, or a text. */
  rate: optional(union([pipe(number(), minValue(0, 'per cent a day, 0 or more')), nonEmptyText])),
  /** Who advertises, by its legal name; the title unless given. */
  advertiser: optional(nonEmptyText),
  /** The token of the advertisement. */
  erid: optional(nonEmptyText),
})

/** Whether a text names a rate: "под 0 %", "0,8 % в день", "292 % годовых". */
function mentionsRate(words = ''): boolean {
  return /(?:под|ставк\S*|rate\D*)\s*\d[\d.,]*\s*%|\d\s*%\s*(?:в день|в год|годовых|a day|a year)|(?:^|[^\d.,])0\s*%|без процентов/i.test(
    words,
  )
}

/** A text beside which no full cost of a loan can stand. */
const textWithoutRate = pipe(
  string(),
  check(
    (words) => !mentionsRate(words),
    'a text without a rate: by law the full cost of the loan has to stand before it, so write it as "loan"',
  ),
)

const offer = pipe(
  offerEntries,
  check(
    ({ rate, text: words, fullCost: cost }) =>
      cost !== undefined || (rate === undefined && !mentionsRate(words)),
    'the key "fullCost" beside a rate: by law the full cost of the loan stands before it',
  ),
  check(
    ({ title }) => !mentionsRate(title),
    'a title without a rate: the full cost of the loan has to stand before it, so write it as "rate"',
  ),
)

/** An offer of another lender. */
export type LenderOffer = DeepReadonly<InferOutput<typeof offer>>

const ending = strictObject({
  /** In place of the form's own title and text. */
  title: optional(nonEmptyText),
  text: optional(nonEmptyText),
  /** The page that follows by itself. */
  redirect: optional(link),
  offers: optional(array(offer)),
  /** Whether the person may begin again with other values, as a new lead. */
  again: optional(boolean()),
})

/** What comes after an outcome. */
export type Ending = DeepReadonly<InferOutput<typeof ending>>

const afterOutcome = strictObject({
  accepted: optional(ending),
  declined: optional(ending),
  duplicate: optional(ending),
  queued: optional(ending),
})

/** What comes after each outcome. */
export type AfterOutcome = DeepReadonly<InferOutput<typeof afterOutcome>>

/** The schemas of what comes after an outcome. */
export const afterSchemas = { afterOutcome, ending, offer, link, logo, fullCost, textWithoutRate } as const
