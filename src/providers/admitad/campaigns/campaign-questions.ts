import { composites } from '../../../fields/composites.ts'
import { checkValue } from '../../../fields/field-kind.ts'
import { fieldNameOf, fieldOf, isFieldName } from '../../../fields/fields.ts'
import type { CampaignField, CampaignQuestion, PatternMatcher } from '../../core/provider.ts'
import { sourceFieldNames } from '../../core/write-parameters.ts'
import { applicationParameters } from '../application-parameters.ts'
import { isDocumentedParameter } from './campaign-parameters.ts'
import type { AdmitadConfig } from '../config.ts'
import { type MergedCampaignField, mergeCampaignFields } from './merge-fields.ts'

/** Fields of ours with lists of their own. */
const fieldsWithOwnOptions = new Set(['gender', 'employment', 'creditHistory'])

/**
 * What the campaigns require of a form that asks for `asked` (canonical names). Fields that an option of the destination
 * or a mark supplies are not asked for; see `campaignProblems`.
 */
export function campaignQuestions(
  fields: readonly CampaignField[],
  config: AdmitadConfig,
  asked: ReadonlySet<string>,
  matches?: PatternMatcher,
): readonly CampaignQuestion[] {
  const questions = new Map<string, CampaignQuestion>()
  for (const field of mergeCampaignFields(fields)) {
    if (!field.required) continue
    for (const canonical of canonicalNames(field.name, config, asked)) {
      const name = questionName(canonical, asked)
      if (!questions.has(name)) questions.set(name, createQuestion(name, canonical, field, asked, matches))
    }
  }
  return [...questions.values()]
}

function createQuestion(
  name: string,
  canonical: string,
  { description, patterns }: MergedCampaignField,
  asked: ReadonlySet<string>,
  matches: PatternMatcher | undefined,
): CampaignQuestion {
  const listedThere = parseCampaignOptions(description)?.filter(
    ({ value }) =>
      acceptsValue(canonical, value) && patterns.every((pattern) => matches?.(pattern, value) !== false),
  )
  const isOne = name === canonical && !fieldsWithOwnOptions.has(canonical)
  const options = isOne && listedThere && listedThere.length > 1 ? listedThere : undefined
  // A composite's parts have their own hints; one campaign's words about one part would stand at all of them.
  const hint = isOne && !options && description !== '' ? description : undefined
  return {
    name,
    alreadyAsked: asked.has(canonical),
    ...(hint === undefined ? {} : { hint }),
    ...(options === undefined ? {} : { options }),
  }
}

/** Whether a field's value can be the text that a campaign lists: a phone or a sum of money is none of its words. */
function acceptsValue(canonical: string, value: string): boolean {
  return isFieldName(canonical) && 'value' in checkValue(fieldOf(canonical).kind, value)
}

/** The names that have to supply a wire name: none where an option or a mark does. */
function canonicalNames(wire: string, config: AdmitadConfig, asked: ReadonlySet<string>): readonly string[] {
  if (!isDocumentedParameter(wire)) return [`custom.${wire}`]
  const row = applicationParameters.find(({ path }) => path === wire)
  if (!row) return []
  const names = sourceFieldNames(row, config)
  const [first] = names
  if (config.fields?.[wire] !== undefined || first === undefined) return names
  if (row.formField !== undefined) return [asked.has(first) ? first : row.formField]
  // Several names are several ways to tell the same, or are typed as one.
  return [names.find((name) => asked.has(name)) ?? first]
}

/** The whole address rather than its parts one by one, unless the form asks for some of them by themselves. */
function questionName(canonical: string, asked: ReadonlySet<string>): string {
  if (asked.has(canonical)) return fieldNameOf(canonical)
  for (const [name, parts] of Object.entries(composites)) {
    if (parts.some((part) => part.name === canonical)) {
      return parts.some((part) => asked.has(part.name)) ? canonical : name
    }
  }
  return fieldNameOf(canonical)
}

/** One option of a campaign's own list. */
export interface CampaignOption {
  readonly value: string
  readonly label: string
}

/**
 * The options that a campaign's description lists, `1-credit; 3-card; 7-gold-card`; nothing where it is no such list: at
 * least two, each a value in Latin letters or digits, a dash or the like, and a label.
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
