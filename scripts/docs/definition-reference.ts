import { renderTable } from './markdown.ts'

/** What each key of a definition means, in Markdown. For docs/definition.md and for editors. */
export const definitionDescriptions: Readonly<Record<string, string>> = {
  $schema: 'the JSON Schema of the file, for editors',
  id: "the form's name, in events and logs; on a relay the form's name unless given",
  title: "the form's name for people",
  steps: 'the screens, in order; at least one',
  operator: '[who processes the data](#who-processes-the-data)',
  policyUrl: "the operator's policy on personal data",
  consents: '[the consents](#consents)',
  consentsAt:
    'the id of the step that [asks for the consents](#which-step-asks-for-the-consents); unless given, or while that step is not shown, the last one does',
  minimumAge: 'whole years on the day of the application; 18 unless given',
  maximumAge: 'whole years on the day of the application; no maximum unless given',
  passportExpiry: 'an outdated passport is a warning (`warn`, the default) or an error (`error`)',
  receiver:
    'who receives the applications, which decides what the result screens say: a `lender` (the default without a relay), a `broker` with several lenders, or an operator who calls back (`callback`). Unless given, it follows from the destinations',
  loan: '[what the loan costs](#how-do-i-begin-with-a-calculator), for a calculator',
  after: '[what the person sees afterwards](after-the-outcome.md), by the outcome',
}

/** What each outcome of `after` means. */
export const afterDescriptions: Readonly<Record<string, string>> = {
  accepted: 'the receiver has taken the application',
  declined: 'no receiver has taken it',
  duplicate: 'the receiver has it already',
  queued: 'it is stored, and is delivered later',
}

/** What each key of an ending means. */
export const endingDescriptions: Readonly<Record<string, string>> = {
  title: "replaces the form's own title",
  text: "replaces the form's own text",
  redirect: '[the page that opens by itself](after-the-outcome.md#redirects)',
  offers: '[offers](after-the-outcome.md#offers), in order',
  again: '`true` lets the person [apply again](after-the-outcome.md#applying-again) with other answers',
}

/** What each key of an offer means. */
export const offerDescriptions: Readonly<Record<string, string>> = {
  title: "the lender's name, or the loan's; without a rate",
  text: 'one or two sentences, below the price',
  logo: 'an [image](after-the-outcome.md#logos): a file beside the configuration or the page, an address, or `data:image/…`',
  url: 'where the button leads, with [macros](after-the-outcome.md#macros)',
  fullCost:
    '`{ "min", "max" }`: the full cost of the loan, per cent a year. Needed beside a rate, and shown before it',
  rate: 'per cent a day as a number, or a text such as `"0 % первые 7 дней"`',
  advertiser: 'who advertises, by its legal name; the title unless given',
  erid: 'the token of the advertisement, shown beside the advertiser',
}

/** What each key of a step means. */
export const stepDescriptions: Readonly<Record<string, string>> = {
  id: "the step's name, in events",
  title: "the step's heading",
  kind: '`calculator` also shows [what the loan costs](#how-do-i-begin-with-a-calculator); `review` shows [all answers](#how-do-people-check-their-answers), and asks nothing',
  fields: '[what is asked](#fields), in order; may be empty, and is left out of a review',
  when: '[shows the step only sometimes](#how-do-i-show-a-field-only-sometimes)',
}

/** What each key of a field means. */
export const fieldDescriptions: Readonly<Record<string, string>> = {
  name: 'what is asked: the name of a field',
  label: "replaces the form's own label",
  hint: "replaces the form's own hint",
  placeholder: "replaces the form's own placeholder",
  required: '`true` unless given',
  minimum: 'limit of money in roubles and of terms in days, inclusive',
  maximum: 'limit of money in roubles and of terms in days, inclusive',
  control: '`slider` adds [a slider](#how-do-i-begin-with-a-calculator) to money or a term',
  presets: '1 to 6 values, each of which a button beside the slider enters',
  options: '[makes a choice of the field](#how-do-i-make-a-choice-of-a-field)',
  when: '[shows the field only sometimes](#how-do-i-show-a-field-only-sometimes)',
}

/** What each key of a loan means. */
export const loanDescriptions: Readonly<Record<string, string>> = {
  ratePerDay: 'per cent a day, with at most 4 digits after the point',
  fullCost: '`{ "min", "max" }`: the full cost of the loan, per cent a year; required',
  freeDays: 'the first days, for which no interest is charged; none unless given',
  conditionsUrl: 'the page with all conditions of the loan, which the sentence of the law links to',
}

/** What each key of the operator means. */
export const operatorDescriptions: Readonly<Record<string, string>> = {
  name: "the operator's name, as the law requires it to be shown",
  address: "the operator's address",
  withdrawalContact: 'where a person withdraws a consent',
}

/** What each key of a consent means. */
export const consentDescriptions: Readonly<Record<string, string>> = {
  id: '`processing`, `transfer` or `advertising`, which have texts of their own, or any other id',
  required: 'whether the form can be sent without it',
  documentUrl: 'the document; it must not change under its address',
  version: 'the version of the document, kept with the lead',
  text: 'the sentence beside the box; an id of your own needs one, or the box has the text of `processing`',
}

/** The tables of docs/definition.md by their names. */
export function createDefinitionReference(): ReadonlyMap<string, string> {
  return renderReference({
    definition: definitionDescriptions,
    step: stepDescriptions,
    field: fieldDescriptions,
    operator: operatorDescriptions,
    consent: consentDescriptions,
    loan: loanDescriptions,
  })
}

/** The tables of docs/after-the-outcome.md by their names. */
export function createAfterReference(): ReadonlyMap<string, string> {
  return renderReference({
    after: afterDescriptions,
    ending: endingDescriptions,
    offer: offerDescriptions,
  })
}

function renderReference(
  tables: Readonly<Record<string, Readonly<Record<string, string>>>>,
): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(tables).map(([name, descriptions]) => [
      name,
      renderTable(
        ['key', 'meaning'],
        Object.entries(descriptions).map(([key, meaning]) => [`\`${key}\``, meaning]),
      ),
    ]),
  )
}
