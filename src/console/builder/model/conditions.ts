import type { Condition } from '../../../form/condition.ts'
import type { LeadValue } from '../../../lead/values.ts'

/** What a rule compares a field by. */
export const ruleOperators = ['equals', 'oneOf', 'atLeast', 'atMost', 'filled', 'empty'] as const

/** One of {@link ruleOperators}. */
export type RuleOperator = (typeof ruleOperators)[number]

/** A condition on one field, as it is entered: the value as text. */
export interface SimpleRule {
  readonly field: string
  readonly operator: RuleOperator
  readonly value: string
}

/** Conditions that are entered rule by rule. */
export interface RuleList {
  readonly join: 'all' | 'any'
  readonly rules: readonly SimpleRule[]
}

/** Takes a condition apart; `undefined` if its parts are nested, and only its JSON can be edited. */
export function toRules(condition: Condition): RuleList | undefined {
  const isList = 'all' in condition || 'any' in condition
  const join = 'any' in condition ? 'any' : 'all'
  const parts = isList ? ('all' in condition ? condition.all : condition.any) : [condition]
  const rules = parts.map(toRule)
  return rules.every((rule) => rule !== undefined) ? { join, rules } : undefined
}

/** Puts rules together to a condition; `undefined` without a rule. */
export function toCondition({ join, rules }: RuleList): Condition | undefined {
  const [first, ...others] = rules.map(fromRule)
  if (!first) return undefined
  if (others.length === 0) return first
  return join === 'all' ? { all: [first, ...others] } : { any: [first, ...others] }
}

function toRule(condition: Condition): SimpleRule | undefined {
  if (!('field' in condition)) return undefined
  const { field } = condition
  if ('equals' in condition) return { field, operator: 'equals', value: writeValue(condition.equals) }
  if ('oneOf' in condition)
    return { field, operator: 'oneOf', value: condition.oneOf.map(writeValue).join(', ') }
  if ('atLeast' in condition) return { field, operator: 'atLeast', value: String(condition.atLeast) }
  if ('atMost' in condition) return { field, operator: 'atMost', value: String(condition.atMost) }
  return { field, operator: condition.filled ? 'filled' : 'empty', value: '' }
}

function fromRule({ field, operator, value }: SimpleRule): Condition {
  switch (operator) {
    case 'equals':
      return { field, equals: readValue(value) }
    case 'oneOf':
      return {
        field,
        oneOf: value
          .split(',')
          .filter((part) => part.trim() !== '')
          .map(readValue),
      }
    case 'atLeast':
      return { field, atLeast: Number(value) || 0 }
    case 'atMost':
      return { field, atMost: Number(value) || 0 }
    case 'filled':
    case 'empty':
      return { field, filled: operator === 'filled' }
  }
}

/** Numbers and yes or no have types of their own in a definition. Digits with a leading zero are a text. */
function readValue(text: string): LeadValue {
  const trimmed = text.trim()
  if (/^(?:0|-?[1-9]\d*)(?:\.\d+)?$/.test(trimmed)) return Number(trimmed)
  if (trimmed === 'true' || trimmed === 'false') return trimmed === 'true'
  return trimmed
}

function writeValue(value: LeadValue): string {
  return String(value)
}
