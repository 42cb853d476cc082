import { formatRussianDate } from '../lead/calendar-date.ts'
import type { FieldIssue } from '../lead/issue.ts'
import type { LeadValue, LeadValues } from '../lead/values.ts'
import { consentLines } from './consent-lines.ts'
import { type FieldRule, type FieldRules, namesOf } from './field-rules.ts'
import type { MaybeWire, Parameter, Wire } from './parameter.ts'
import type { ProviderContext } from './provider.ts'
import { fillTemplate, namesIn } from './template.ts'

/** The part of a destination's options that every provider has. */
export interface WithRules {
  readonly fields?: FieldRules | undefined
}

/** A parameter with what is sent for it. */
export interface Written {
  readonly path: string
  readonly value: Wire
}

/** What is sent for a lead, parameter by parameter; what has no value is left out. */
export function writeParameters<Config extends WithRules>(
  parameters: readonly Parameter<Config>[],
  config: Config,
  context: ProviderContext,
): readonly Written[] {
  const told = { ...context, lead: { ...context.lead, values: withResidence(context.lead.values) } }
  return parameters.flatMap((parameter) => {
    const value = shortened(parameter, valueOf(parameter, config, told))
    return value === undefined || value === '' ? [] : [{ path: parameter.path, value }]
  })
}

/** Values that a provider would not take for their length, as errors of the fields that they were entered in. */
export function checkLengths<Config extends WithRules>(
  parameters: readonly Parameter<Config>[],
  config: Config,
  context: ProviderContext,
): readonly FieldIssue[] {
  const told = { ...context, lead: { ...context.lead, values: withResidence(context.lead.values) } }
  return parameters.flatMap((parameter) => {
    const { max, shorten } = parameter
    const value = valueOf(parameter, config, told)
    if (max === undefined || shorten || (typeof value !== 'string' && typeof value !== 'number')) return []
    const { length } = parameter.type === 'decimal' ? String(value).replace(/\D/g, '') : String(value)
    if (length <= max) return []
    return [{ field: blamedFor(parameter, config, context), code: 'text-length', limit: max }]
  })
}

/**
 * The canonical names that a form has to ask for, so that a destination could accept anything: a list a parameter, each
 * with the parameter's path.
 */
export function requirementsOf<Config extends WithRules>(
  parameters: readonly Parameter<Config>[],
  config: Config,
): readonly { readonly path: string; readonly names: readonly string[] }[] {
  return parameters
    .filter(({ required }) => required)
    .map((parameter) => {
      const { path, asks } = parameter
      const ruled = config.fields?.[path] !== undefined
      return { path, names: asks && !ruled ? [asks] : enteredAs(parameter, config) }
    })
}

/** The names that a parameter's value is entered under. */
export function enteredAs<Config extends WithRules>(
  { from, path }: Parameter<Config>,
  { fields }: Config,
): readonly string[] {
  const rule = fields?.[path]
  if (rule !== undefined) return namesOf(rule)
  if (from === 'fields' || 'option' in from || 'mark' in from) return []
  if ('template' in from) return namesIn(from.template)
  return 'value' in from ? [from.value] : from.of
}

/** The field that an error of a parameter belongs to: of those that its value is made of, one that was entered. */
export function blamedFor<Config extends WithRules>(
  parameter: Parameter<Config>,
  config: Config,
  { lead }: ProviderContext,
): string {
  const { values } = lead
  const names = enteredAs(parameter, config).map((name) =>
    values.residenceSame ? name.replace(/^residence(?=[A-Z])/, 'registration') : name,
  )
  return names.find((name) => Object.hasOwn(values, name)) ?? names[0] ?? ''
}

function valueOf<Config extends WithRules>(
  parameter: Parameter<Config>,
  config: Config,
  context: ProviderContext,
): MaybeWire {
  const { from, path, write = (value: LeadValue) => writeByType(parameter, value) } = parameter
  const rule = config.fields?.[path]
  if (rule !== undefined) {
    const given = ruled(rule, context)
    if (given === undefined) return undefined
    // Somebody's value takes the form that the provider wants; what an operator wrote out is sent as it is.
    return typeof rule === 'string' ? write(given, config) : writeByType(parameter, given)
  }
  if (from === 'fields') return undefined
  if ('read' in from) return from.read(context, config)
  if ('template' in from) return filled(from.template, context)
  const value: unknown =
    'value' in from
      ? context.lead.values[from.value]
      : 'mark' in from
        ? context.lead.attribution[from.mark]
        : config[from.option]
  return isValue(value) ? write(value, config) : isWire(value) ? value : undefined
}

/** What a rule of `fields` says: a name's value, a fixed one, or a text with the names in it filled in. */
function ruled(rule: FieldRule, context: ProviderContext): LeadValue | undefined {
  if (typeof rule === 'string') return valueUnder(rule, context)
  return 'value' in rule ? rule.value : filled(rule.template, context)
}

function filled(template: string, context: ProviderContext): string | undefined {
  return fillTemplate(template, (name) => textOf(valueUnder(name, context) ?? ''))
}

function valueUnder(name: string, { lead }: ProviderContext): LeadValue | undefined {
  if (name === 'consents') return consentLines(lead).join('; ')
  const held: Readonly<Record<string, unknown>> = { ...lead.attribution, ...lead.values }
  const value = held[name]
  return isValue(value) ? value : undefined
}

/** A value as the document's type wants it; nothing where it cannot be one. */
function writeByType<Config>({ type }: Parameter<Config>, value: LeadValue): MaybeWire {
  switch (type) {
    case 'string':
    case 'date':
      return textOf(value)
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
      return textOf(value)
        .split(',')
        .map((item) => (/^\s*\d{1,15}\s*$/.test(item) ? Number(item) : item.trim()))
    case 'object':
      return undefined
  }
}

/** A value as text: dates as Russian forms write them, `dd.mm.yyyy`. */
export function textOf(value: LeadValue): string {
  const text = String(value).trim()
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? formatRussianDate(text) : text
}

function shortened<Config>({ max, shorten }: Parameter<Config>, value: MaybeWire): MaybeWire {
  if (typeof value !== 'string' || max === undefined || !shorten || value.length <= max) return value
  return shorten(value, max).slice(0, max)
}

/** "The same as the registration" is the registration, for every provider. */
function withResidence(values: LeadValues): LeadValues {
  if (!values.residenceSame) return values
  const copied = Object.entries(values)
    .filter(([name]) => name.startsWith('registration'))
    .map(([name, value]) => [name.replace('registration', 'residence'), value])
  return { ...values, ...Object.fromEntries(copied) }
}

function isValue(value: unknown): value is LeadValue {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
}

function isWire(value: unknown): value is Wire {
  return typeof value === 'object'
}
