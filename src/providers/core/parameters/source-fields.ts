import { isAttributionParameter } from '../../../lead/attribution.ts'
import { type BaseConfig, ruleFieldNames, templateNames } from '../field-rules.ts'
import { isLeadFact } from './lead-facts.ts'
import type { Parameter } from '../parameter.ts'

/** The names that a parameter's value comes from: fields, attribution parameters, facts about the lead. */
export function sourceFieldNames<Config extends BaseConfig>(
  { from, path }: Parameter<Config>,
  { fields }: Config,
): readonly string[] {
  const rule = fields?.[path]
  if (rule !== undefined) return ruleFieldNames(rule)
  if (from === 'fields' || 'option' in from || 'attribution' in from) return []
  if ('template' in from) return templateNames(from.template)
  return 'value' in from ? [from.value] : from.inputs
}

/**
 * The canonical names that a form must ask for so that a destination can accept its leads: one entry for each required
 * parameter, with the parameter's path.
 */
export function requiredFormFields<Config extends BaseConfig>(
  parameters: readonly Parameter<Config>[],
  config: Config,
): readonly { readonly path: string; readonly names: readonly string[] }[] {
  return parameters
    .filter(({ required }) => required)
    .map((parameter) => {
      const { path, formField } = parameter
      const hasRule = config.fields?.[path] !== undefined
      const names = formField && !hasRule ? [formField] : sourceFieldNames(parameter, config)
      return { path, names: names.filter(isValueName) }
    })
}

/**
 * Whether the value of a parameter is the name of a region or a city. People choose them from lists, so that nobody can
 * shorten one, and cut short it would be another place.
 */
export function isPlaceParameter<Config extends BaseConfig>(
  parameter: Parameter<Config>,
  config: Config,
): boolean {
  const names = sourceFieldNames(parameter, config)
  return names.length > 0 && names.every((name) => placeNames.test(name))
}

const placeNames = /^(?:(?:registration|residence|job)(?:Region|City)|(?:region|city)(?:Id)?)$/

/** Whether a name in a rule or a template is a field's, and not an attribution parameter or a fact about the lead. */
export function isValueName(name: string): boolean {
  return !isAttributionParameter(name) && !isLeadFact(name)
}
