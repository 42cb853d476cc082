import type { LeadValue } from '../../lead/values.ts'
import type { LeadContext } from '../core/context.ts'
import type { OptionalWireValue, Parameter } from '../core/parameter.ts'
import type { HttpConfig, HttpField } from './config.ts'
import { formatDate } from './format-date.ts'
import type { HttpRule } from './rules.ts'

/** The parameters that the rules of an interface describe, in their order. */
export function httpParameters({ body }: HttpConfig): readonly Parameter<HttpConfig>[] {
  return body.map(toParameter)
}

function toParameter({ path, rule }: HttpField): Parameter<HttpConfig> {
  if (typeof rule === 'string') return { path, type: 'string', from: 'fields', format: keepValue }
  if ('field' in rule)
    return { path, type: 'string', from: 'fields', format: (value) => formatValue(value, rule) }
  // Filled by the rule of `fields`.
  if ('template' in rule) return { path, type: 'string', from: 'fields' }
  return { path, type: 'string', from: { inputs: [], compute: (context) => computeValue(rule, context) } }
}

function computeValue(rule: HttpRule, context: LeadContext): OptionalWireValue {
  if (typeof rule === 'string') return undefined
  if ('secret' in rule) return rule.secret
  if ('value' in rule) return rule.value
  if (!('moment' in rule)) return undefined
  const moment = momentOf(rule.moment, context)
  return moment && formatDate(moment, rule.date)
}

/** A value as it is, dates in ISO order. */
function keepValue(value: LeadValue): OptionalWireValue {
  return typeof value === 'string' ? value.trim() : value
}

function formatValue(
  value: LeadValue,
  rule: Extract<HttpRule, { readonly field: string }>,
): OptionalWireValue {
  const { date, digits, map } = rule
  if (map) {
    const key = String(value)
    // A value without an entry is left out: the interface would not know it.
    return Object.hasOwn(map, key) ? map[key] : undefined
  }
  if (date !== undefined) {
    const day = typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : undefined
    return day === undefined ? keepValue(value) : formatDate(new Date(`${day}T00:00:00+03:00`), date)
  }
  if (digits !== undefined) return String(value).replace(/\D/g, '').slice(-digits)
  return keepValue(value)
}

/** `received`, or `consents.<id>`: when that box was ticked. */
function momentOf(name: string, { lead }: LeadContext): Date | undefined {
  if (name === 'received') return lead.receivedAt
  const acceptedAt = lead.consents.find(({ id }) => name === `consents.${id}`)?.acceptedAt
  const moment = new Date(acceptedAt ?? Number.NaN)
  return Number.isNaN(moment.getTime()) ? undefined : moment
}

/** Whether the condition of a rule is met: the lead has that value, mark or consent. */
export function isRuleDue({ rule }: HttpField, { lead }: LeadContext): boolean {
  if (typeof rule === 'string' || !('with' in rule) || rule.with === undefined) return true
  const { with: name } = rule
  if (name.startsWith('consents.')) return lead.consents.some(({ id }) => name === `consents.${id}`)
  const named: Readonly<Record<string, unknown>> = { ...lead.attribution, ...lead.values }
  const value = named[lead.values.residenceSame ? name.replace(/^residence(?=[A-Z])/, 'registration') : name]
  return value !== undefined && value !== '' && value !== false
}
