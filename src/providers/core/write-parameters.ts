import { formatRussianDate } from '../../lead/calendar-date.ts'
import type { FieldIssue } from '../../lead/issue.ts'
import type { LeadValue, LeadValues } from '../../lead/values.ts'
import { formatConsents } from './crm-note.ts'
import {
  type BaseConfig,
  type FieldRule,
  fillTemplate,
  ruleFieldNames,
  templateNames,
} from './field-rules.ts'
import type { OptionalWireValue, Parameter, WireValue } from './parameter.ts'
import type { LeadContext } from './context.ts'

/** A parameter with what is sent for it. */
export interface WrittenParameter {
  readonly path: string
  readonly value: WireValue
}

/** What is sent for a lead, parameter by parameter; what has no value is left out. */
export function writeParameters<Config extends BaseConfig>(
  parameters: readonly Parameter<Config>[],
  config: Config,
  context: LeadContext,
): readonly WrittenParameter[] {
  const told = {
    ...context,
    lead: { ...context.lead, values: copyRegistrationToResidence(context.lead.values) },
  }
  return parameters.flatMap((parameter) => {
    const value = shortenToLimit(parameter, parameterValue(parameter, config, told))
    return value === undefined || value === '' ? [] : [{ path: parameter.path, value }]
  })
}

/** Values that a provider would not take for their length, as errors of the fields that they were entered in. */
export function checkLengths<Config extends BaseConfig>(
  parameters: readonly Parameter<Config>[],
  config: Config,
  context: LeadContext,
): readonly FieldIssue[] {
  const told = {
    ...context,
    lead: { ...context.lead, values: copyRegistrationToResidence(context.lead.values) },
  }
  return parameters.flatMap((parameter) => {
    const { max, shorten } = parameter
    const value = parameterValue(parameter, config, told)
    if (max === undefined || shorten || (typeof value !== 'string' && typeof value !== 'number')) return []
    const { length } = parameter.type === 'decimal' ? String(value).replace(/\D/g, '') : String(value)
    if (length <= max) return []
    return [{ field: issueFieldName(parameter, config, context), code: 'text-length', limit: max }]
  })
}

/**
 * The canonical names that a form has to ask for, so that a destination could accept anything: a list a parameter, each
 * with the parameter's path.
 */
export function requiredFormFields<Config extends BaseConfig>(
  parameters: readonly Parameter<Config>[],
  config: Config,
): readonly { readonly path: string; readonly names: readonly string[] }[] {
  return parameters
    .filter(({ required }) => required)
    .map((parameter) => {
      const { path, formField } = parameter
      const ruled = config.fields?.[path] !== undefined
      return { path, names: formField && !ruled ? [formField] : sourceFieldNames(parameter, config) }
    })
}

/** The names that a parameter's value is entered under. */
export function sourceFieldNames<Config extends BaseConfig>(
  { from, path }: Parameter<Config>,
  { fields }: Config,
): readonly string[] {
  const rule = fields?.[path]
  if (rule !== undefined) return ruleFieldNames(rule)
  if (from === 'fields' || 'option' in from || 'mark' in from) return []
  if ('template' in from) return templateNames(from.template)
  return 'value' in from ? [from.value] : from.inputs
}

/** The field that an error of a parameter belongs to: of those that its value is made of, one that was entered. */
export function issueFieldName<Config extends BaseConfig>(
  parameter: Parameter<Config>,
  config: Config,
  { lead }: LeadContext,
): string {
  const { values } = lead
  const names = sourceFieldNames(parameter, config).map((name) =>
    values.residenceSame ? name.replace(/^residence(?=[A-Z])/, 'registration') : name,
  )
  return names.find((name) => Object.hasOwn(values, name)) ?? names[0] ?? ''
}

function parameterValue<Config extends BaseConfig>(
  parameter: Parameter<Config>,
  config: Config,
  context: LeadContext,
): OptionalWireValue {
  const { from, path, format = (value: LeadValue) => formatByType(parameter, value) } = parameter
  const rule = config.fields?.[path]
  if (rule !== undefined) {
    const given = ruleValue(rule, context)
    if (given === undefined) return undefined
    // Somebody's value takes the form that the provider wants; what an operator wrote out is sent as it is.
    return typeof rule === 'string' ? format(given, config) : formatByType(parameter, given)
  }
  if (from === 'fields') return undefined
  if ('compute' in from) return from.compute(context, config)
  if ('template' in from) return templateValue(from.template, context)
  const value: unknown =
    'value' in from
      ? context.lead.values[from.value]
      : 'mark' in from
        ? context.lead.attribution[from.mark]
        : config[from.option]
  return isLeadValue(value) ? format(value, config) : isWireValue(value) ? value : undefined
}

/** What a rule of `fields` says: a name's value, a fixed one, or a text with the names in it filled in. */
function ruleValue(rule: FieldRule, context: LeadContext): LeadValue | undefined {
  if (typeof rule === 'string') return namedValue(rule, context)
  return 'value' in rule ? rule.value : templateValue(rule.template, context)
}

function templateValue(template: string, context: LeadContext): string | undefined {
  return fillTemplate(template, (name) => formatText(namedValue(name, context) ?? ''))
}

function namedValue(name: string, { lead }: LeadContext): LeadValue | undefined {
  if (name === 'consents') return formatConsents(lead).join('; ')
  const held: Readonly<Record<string, unknown>> = { ...lead.attribution, ...lead.values }
  const value = held[name]
  return isLeadValue(value) ? value : undefined
}

/** A value as the document's type wants it; nothing where it cannot be one. */
function formatByType<Config>({ type }: Parameter<Config>, value: LeadValue): OptionalWireValue {
  switch (type) {
    case 'string':
    case 'date':
      return formatText(value)
    case 'integer': {
      const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
      return typeof number === 'number' && Number.isSafeInteger(number) ? number : undefined
    }
    case 'decimal': {
      const number = Number(value)
      return Number.isFinite(number) ? number.toFixed(2) : undefined
    }
    case 'boolean':
      return value === true || value === 1 || value === '1' ? 1 : 0
    case 'list':
      return formatText(value)
        .split(',')
        .map((item) => (/^\s*\d{1,15}\s*$/.test(item) ? Number(item) : item.trim()))
    case 'object':
      return undefined
  }
}

/** A value as text: dates as Russian forms write them, `dd.mm.yyyy`. */
export function formatText(value: LeadValue): string {
  const text = String(value).trim()
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? formatRussianDate(text) : text
}

function shortenToLimit<Config>(
  { max, shorten }: Parameter<Config>,
  value: OptionalWireValue,
): OptionalWireValue {
  if (typeof value !== 'string' || max === undefined || !shorten || value.length <= max) return value
  return shorten(value, max).slice(0, max)
}

/** "The same as the registration" is the registration, for every provider. */
function copyRegistrationToResidence(values: LeadValues): LeadValues {
  if (!values.residenceSame) return values
  const copied = Object.entries(values)
    .filter(([name]) => name.startsWith('registration'))
    .map(([name, value]) => [name.replace('registration', 'residence'), value])
  return { ...values, ...Object.fromEntries(copied) }
}

function isLeadValue(value: unknown): value is LeadValue {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
}

function isWireValue(value: unknown): value is WireValue {
  return typeof value === 'object'
}
