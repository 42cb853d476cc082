import { isAttributionParameter } from '../../../lead/attribution.ts'
import type { LeadContext } from '../context.ts'
import type { BaseConfig } from '../field-rules.ts'
import type { Parameter } from '../parameter.ts'
import { isValueName, sourceFieldNames } from './source-fields.ts'

/**
 * Who gave the value of a parameter: the `person` in a form, the `operator` in the configuration, the page's address
 * (`attribution`), or the `adapter`, which computes it from facts about the lead.
 */
export type ParameterOrigin = 'person' | 'operator' | 'attribution' | 'adapter'

/** The origin of a parameter's value. It follows from the adapter's table and the rules of `fields`. */
export function parameterOrigin<Config extends BaseConfig>(
  parameter: Parameter<Config>,
  config: Config,
): ParameterOrigin {
  const names = sourceFieldNames(parameter, config)
  if (names.some(isValueName)) return 'person'
  if (names.some(isAttributionParameter)) return 'attribution'
  if (names.length > 0) return 'adapter'
  const { from, path, option } = parameter
  if (config.fields?.[path] !== undefined || from === 'fields' || option !== undefined) return 'operator'
  if ('attribution' in from) return 'attribution'
  return 'inputs' in from ? 'adapter' : 'operator'
}

/**
 * The field at which a person can correct a parameter: one that the form shows, preferably one with a value. `undefined`
 * if no field of the form changes it: then only the operator can correct it.
 */
export function findCorrectableField<Config extends BaseConfig>(
  parameter: Parameter<Config>,
  config: Config,
  { lead: { values }, askedFields }: LeadContext,
): string | undefined {
  const shown = sourceFieldNames(parameter, config)
    .filter(isValueName)
    .map((name) => (values.residenceSame ? name.replace(/^residence(?=[A-Z])/, 'registration') : name))
    .filter((name) => askedFields?.has(name) ?? true)
  const entered: Readonly<Record<string, unknown>> = values
  return shown.find((name) => entered[name] !== undefined) ?? shown[0]
}
