import { composites } from '../../fields/composites.ts'
import { fieldNameOf, fieldOf, isFieldName } from '../../fields/fields.ts'
import type { CampaignField, CampaignQuestion, PatternMatcher } from '../provider.ts'
import { enteredAs } from '../write-parameters.ts'
import { applicationParameters } from './application-parameters.ts'
import { isDocumented } from './campaign-parameters.ts'
import type { AdmitadConfig } from './config.ts'
import { optionsIn } from './options-in.ts'
import { type UnitedField, uniteFields } from './unite-fields.ts'

/** Fields of ours with lists of their own. */
const listed = new Set(['gender', 'employment', 'creditHistory'])

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
  for (const field of uniteFields(fields)) {
    if (!field.required) continue
    for (const canonical of canonicalNames(field.name, config, asked)) {
      const name = questionName(canonical, asked)
      if (!questions.has(name)) questions.set(name, question(name, canonical, field, asked, matches))
    }
  }
  return [...questions.values()]
}

function question(
  name: string,
  canonical: string,
  { description, patterns }: UnitedField,
  asked: ReadonlySet<string>,
  matches: PatternMatcher | undefined,
): CampaignQuestion {
  const listedThere = optionsIn(description)?.filter(
    ({ value }) =>
      takes(canonical, value) && patterns.every((pattern) => matches?.(pattern, value) !== false),
  )
  const isOne = name === canonical && !listed.has(canonical)
  const options = isOne && listedThere && listedThere.length > 1 ? listedThere : undefined
  // A composite's parts have their own hints; one campaign's words about one part would stand at all of them.
  const hint = isOne && !options && description !== '' ? description : undefined
  return {
    name,
    asked: asked.has(canonical),
    ...(hint === undefined ? {} : { hint }),
    ...(options === undefined ? {} : { options }),
  }
}

/** Whether a field's value can be the text that a campaign lists: a phone or a sum of money is none of its words. */
function takes(canonical: string, value: string): boolean {
  return isFieldName(canonical) && 'value' in fieldOf(canonical).kind.check(value)
}

/** The names that have to supply a wire name: none where an option or a mark does. */
function canonicalNames(wire: string, config: AdmitadConfig, asked: ReadonlySet<string>): readonly string[] {
  if (!isDocumented(wire)) return [`custom.${wire}`]
  const row = applicationParameters.find(({ path }) => path === wire)
  if (!row) return []
  const names = enteredAs(row, config)
  const [first] = names
  if (config.fields?.[wire] !== undefined || first === undefined) return names
  if (row.asks !== undefined) return [asked.has(first) ? first : row.asks]
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
