import { formatRussianDate } from '../../lead/calendar-date.ts'
import type { FieldIssue } from '../../lead/issue.ts'
import type { LeadValue } from '../../lead/values.ts'
import type { LeadContext } from './context.ts'
import { type BaseConfig, type FieldRule, fillTemplate } from './field-rules.ts'
import { isLeadFact, leadFact } from './parameters/lead-facts.ts'
import type { OptionalWireValue, Parameter, WireValue } from './parameter.ts'
import { isPlaceParameter } from './parameters/source-fields.ts'
import { findCorrectableField, parameterOrigin } from './parameters/parameter-origin.ts'

/** A parameter with the value that is sent for it. */
export interface WrittenParameter {
  readonly path: string
  readonly value: WireValue
}

/** The parameters of a lead with their values. Parameters without a value are left out. */
export function writeParameters<Config extends BaseConfig>(
  parameters: readonly Parameter<Config>[],
  config: Config,
  context: LeadContext,
): readonly WrittenParameter[] {
  const completed = withResidence(context)
  return parameters.flatMap((parameter) => {
    const written = parameterValue(parameter, config, completed)
    const value = shortenToLimit(parameter, config, completed, written)
    return value === undefined || value === '' ? [] : [{ path: parameter.path, value }]
  })
}

/**
 * Values that are too long for a provider, as issues of the fields in which they were entered. Only what a person can
 * shorten is an issue: a text that became too long by what was added to it is cut when it is written.
 */
export function checkLengths<Config extends BaseConfig>(
  parameters: readonly Parameter<Config>[],
  config: Config,
  context: LeadContext,
): readonly FieldIssue[] {
  const completed = withResidence(context)
  const entered: Readonly<Record<string, unknown>> = context.lead.values
  return parameters.flatMap((parameter) => {
    const { max, shorten } = parameter
    if (isPlaceParameter(parameter, config)) return []
    const value = parameterValue(parameter, config, completed)
    if (max === undefined || shorten || lengthOf(parameter, value) <= max) return []
    const field = findCorrectableField(parameter, config, context)
    if (field === undefined) return []
    const own = entered[field]
    const isTooLong = typeof own === 'string' ? own.length > max : typeof own === 'number'
    return isTooLong ? [{ field, code: 'text-length', limit: max }] : []
  })
}

/** A parameter that does not take the whole text of a lead, and how many characters less it takes. */
export interface ShortenedText {
  readonly path: string
  readonly characters: number
}

/** The parameters that take less than what the person has entered for them. */
export function findShortenedTexts<Config extends BaseConfig>(
  parameters: readonly Parameter<Config>[],
  config: Config,
  context: LeadContext,
): readonly ShortenedText[] {
  const completed = withResidence(context)
  return parameters.flatMap((parameter) => {
    const { path, max, type, whole } = parameter
    if (max === undefined || type !== 'string' || parameterOrigin(parameter, config) !== 'person') return []
    const value = parameterValue(parameter, config, completed)
    const hasRule = config.fields?.[path] !== undefined
    const entered = whole && !hasRule ? whole(completed) : value
    if (typeof entered !== 'string' || entered.length <= max) return []
    const sent = shortenToLimit(parameter, config, completed, value)
    return [{ path, characters: entered.length - (typeof sent === 'string' ? sent.length : 0) }]
  })
}

/** Characters of a text, or digits of a number. */
function lengthOf<Config>({ type }: Parameter<Config>, value: OptionalWireValue): number {
  if (typeof value !== 'string' && typeof value !== 'number') return 0
  return type === 'decimal' ? String(value).replace(/\D/g, '').length : String(value).length
}

function parameterValue<Config extends BaseConfig>(
  parameter: Parameter<Config>,
  config: Config,
  context: LeadContext,
): OptionalWireValue {
  const { from, path, format = (value: LeadValue) => formatByType(parameter, value) } = parameter
  const rule = config.fields?.[path]
  if (rule !== undefined) {
    const value = ruleValue(rule, context)
    if (value === undefined) return undefined
    // A field's value is formatted for the provider. A constant or a template of the operator is sent as written.
    return typeof rule === 'string' ? format(value, config) : formatByType(parameter, value)
  }
  if (from === 'fields') return undefined
  if ('compute' in from) return from.compute(context, config)
  if ('template' in from) return templateValue(from.template, context)
  const value: unknown =
    'value' in from
      ? context.lead.values[from.value]
      : 'attribution' in from
        ? context.lead.attribution[from.attribution]
        : config[from.option]
  return isLeadValue(value) ? format(value, config) : isWireValue(value) ? value : undefined
}

/** The value of a rule of `fields`: a field's value, a constant, or a filled template. */
function ruleValue(rule: FieldRule, context: LeadContext): LeadValue | undefined {
  if (typeof rule === 'string') return namedValue(rule, context)
  return 'value' in rule ? rule.value : templateValue(rule.template, context)
}

function templateValue(template: string, context: LeadContext): string | undefined {
  return fillTemplate(template, (name) => formatText(namedValue(name, context) ?? ''))
}

function namedValue(name: string, context: LeadContext): LeadValue | undefined {
  if (isLeadFact(name)) return leadFact(name, context)
  const { lead } = context
  const named: Readonly<Record<string, unknown>> = { ...lead.attribution, ...lead.values }
  const value = named[name]
  return isLeadValue(value) ? value : undefined
}

/** A value in the document's type; `undefined` if it cannot be converted. */
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

/** A value as text, dates in the Russian order `dd.mm.yyyy`. */
export function formatText(value: LeadValue): string {
  const text = String(value).trim()
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? formatRussianDate(text) : text
}

/** The first `max` characters of a text, without half a character at its end. */
export function truncate(text: string, max: number): string {
  return text.slice(0, max).replace(/[\uD800-\uDBFF]$/, '')
}

function shortenToLimit<Config extends BaseConfig>(
  parameter: Parameter<Config>,
  config: Config,
  { campaignSettings }: LeadContext,
  value: OptionalWireValue,
): OptionalWireValue {
  const { path, max, shorten, required } = parameter
  if (typeof value !== 'string' || max === undefined || value.length <= max) return value
  const shortened = shorten?.(value, max) ?? value
  const isNeeded = required ?? campaignSettings?.some((field) => field.required && field.name === path)
  // A place that is still too long is better left out than sent as another one.
  if (shortened.length > max && !isNeeded && isPlaceParameter(parameter, config)) return undefined
  return truncate(shortened, max)
}

/** With `residenceSame`, every provider gets the registration as the residence. */
function withResidence(context: LeadContext): LeadContext {
  const { lead } = context
  if (!lead.values.residenceSame) return context
  const residence = Object.entries(lead.values)
    .filter(([name]) => name.startsWith('registration'))
    .map(([name, value]) => [name.replace('registration', 'residence'), value])
  return { ...context, lead: { ...lead, values: { ...lead.values, ...Object.fromEntries(residence) } } }
}

function isLeadValue(value: unknown): value is LeadValue {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
}

function isWireValue(value: unknown): value is WireValue {
  return typeof value === 'object'
}
