import { findOwnComposite } from '../../../fields/composites.ts'
import { checkValue } from '../../../fields/field-kind.ts'
import { fieldNameOf, fieldOf, isFieldName } from '../../../fields/fields.ts'
import type { CampaignQuestion } from '../../core/provider.ts'
import type { CampaignField, PatternMatcher } from '../../core/context.ts'
import { sourceFieldNames } from '../../core/parameters/source-fields.ts'
import { applicationParameters } from '../application-parameters.ts'
import { fieldsWithOwnOptions, isDocumentedParameter } from './campaign-parameters.ts'
import type { AdmitadConfig } from '../config.ts'
import { type MergedCampaignField, mergeCampaignFields } from './merge-fields.ts'

/**
 * The questions that the campaigns require of a form that asks for `askedNames` (canonical names). Parameters that an
 * option of the destination or an attribution parameter fills are left out; see `campaignProblems`.
 */
export function campaignQuestions(
  fields: readonly CampaignField[],
  config: AdmitadConfig,
  askedNames: ReadonlySet<string>,
  matches?: PatternMatcher,
): readonly CampaignQuestion[] {
  const questions = new Map<string, CampaignQuestion>()
  for (const field of mergeCampaignFields(fields)) {
    if (!field.required) continue
    for (const canonical of canonicalNames(field.name, config, askedNames)) {
      const name = questionName(canonical, askedNames)
      if (!questions.has(name))
        questions.set(name, createQuestion(name, canonical, field, askedNames, matches))
    }
  }
  return [...questions.values()]
}

function createQuestion(
  name: string,
  canonical: string,
  { description, patterns }: MergedCampaignField,
  askedNames: ReadonlySet<string>,
  matches: PatternMatcher | undefined,
): CampaignQuestion {
  const listed = parseCampaignOptions(description)?.filter(
    ({ value }) =>
      acceptsValue(canonical, value) && patterns.every((pattern) => matches?.(pattern, value) !== false),
  )
  const takesOptions = name === canonical && !fieldsWithOwnOptions.has(canonical)
  const options = takesOptions && listed && listed.length > 1 ? listed : undefined
  // In a composite, a campaign's text about one part would appear at all parts.
  const hint = takesOptions && !options && description !== '' ? description : undefined
  return {
    name,
    alreadyAsked: askedNames.has(canonical),
    ...(hint === undefined ? {} : { hint }),
    ...(options === undefined ? {} : { options }),
  }
}

/** Whether an option of a campaign is a valid value of a field: a phone or an amount cannot be one of its words. */
function acceptsValue(canonical: string, value: string): boolean {
  return isFieldName(canonical) && 'value' in checkValue(fieldOf(canonical).kind, value)
}

/** The fields that must fill a parameter. Empty if an option or an attribution parameter fills it. */
function canonicalNames(
  wire: string,
  config: AdmitadConfig,
  askedNames: ReadonlySet<string>,
): readonly string[] {
  if (!isDocumentedParameter(wire)) return [`custom.${wire}`]
  const parameter = applicationParameters.find(({ path }) => path === wire)
  if (!parameter) return []
  const names = sourceFieldNames(parameter, config)
  const [first] = names
  if (config.fields?.[wire] !== undefined || first === undefined) return names
  if (parameter.formField !== undefined) return [askedNames.has(first) ? first : parameter.formField]
  // Several names are alternatives, or parts that are typed as one.
  return [names.find((name) => askedNames.has(name)) ?? first]
}

/** The composite of a field, unless the form already asks for one of the composite's parts alone. */
function questionName(canonical: string, askedNames: ReadonlySet<string>): string {
  if (askedNames.has(canonical)) return fieldNameOf(canonical)
  const [name, parts] = findOwnComposite(canonical) ?? []
  if (name === undefined || parts === undefined) return fieldNameOf(canonical)
  return parts.some((part) => askedNames.has(part.name)) ? canonical : name
}

/** An option of a campaign's own list. */
export interface CampaignOption {
  readonly value: string
  readonly label: string
}

/**
 * The options in a campaign's description, `1-credit; 3-card; 7-gold-card`: at least two, each a value of Latin letters
 * and digits, a separator and a label. `undefined` if the description is no such list.
 */
export function parseCampaignOptions(description: string): readonly CampaignOption[] | undefined {
  const items = description
    .split(description.includes(';') ? ';' : /[,\n]/)
    .map((item) => item.trim())
    .filter((item) => item !== '')
  const options = items.flatMap((item) => {
    const [, value, label] = /^([A-Za-z0-9_]{1,30})\s*[-–—=:]\s*(\S.*)$/su.exec(item) ?? []
    return value === undefined || label === undefined ? [] : [{ value, label }]
  })
  const values = new Set(options.map(({ value }) => value))
  return options.length >= 2 && options.length === items.length && values.size === options.length
    ? options
    : undefined
}
