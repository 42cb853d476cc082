import type { Condition } from '../../../form/condition.ts'
import type { LeadValue } from '../../../lead/values.ts'
import { isRecord } from '../../../providers/core/json.ts'
import { ownValues, readsNumbers } from './field-options.ts'

/** What a rule compares a field by. */
export const ruleOperators = ['equals', 'oneOf', 'atLeast', 'atMost', 'filled', 'empty'] as const

/** One of {@link ruleOperators}. */
export type RuleOperator = (typeof ruleOperators)[number]

/** How many parts of a group have to hold. */
export const groupJoins = ['all', 'any', 'none'] as const

/** One of {@link groupJoins}. */
export type GroupJoin = (typeof groupJoins)[number]

/** A condition on one field. */
export interface ConditionRule {
  /** Tells it apart from the other parts, wherever it is moved to. */
  readonly id: string
  readonly field: string
  readonly operator: RuleOperator
  /** What the field is compared with, in the types of the definition. All but `oneOf` use the first one. */
  readonly values: readonly LeadValue[]
  /** The text that `values` were read from, as it was typed; `undefined` unless they were typed. */
  readonly typed?: string | undefined
}

/** Conditions that hold together. */
export interface ConditionGroup {
  readonly id: string
  readonly join: GroupJoin
  readonly parts: readonly ConditionPart[]
  /** Whether the definition has it as a list although it has one part or none: `{ all: [a] }` in place of `a`. */
  readonly isListed: boolean
}

/** A rule or a group. */
export type ConditionPart = ConditionRule | ConditionGroup

let createdParts = 0

function createId(): string {
  createdParts += 1
  return `condition-${createdParts}`
}

/** Creates a rule. */
export function createRule(
  field: string,
  operator: RuleOperator = 'filled',
  values: readonly LeadValue[] = [],
): ConditionRule {
  return { id: createId(), field, operator, values }
}

/** Creates a group. */
export function createGroup(
  join: GroupJoin,
  parts: readonly ConditionPart[],
  isListed = false,
): ConditionGroup {
  return { id: createId(), join, parts, isListed }
}

/** Whether a part has parts. */
export function isConditionGroup(part: ConditionPart): part is ConditionGroup {
  return 'parts' in part
}

/**
 * Takes a condition apart, to a group at the top; `undefined` if it cannot be shown. {@link printCondition} gives the same
 * condition again: a change of one rule leaves all others as they are.
 */
export function parseCondition(candidate: unknown): ConditionGroup | undefined {
  const part = parsePart(candidate)
  return part && (isConditionGroup(part) ? part : createGroup('all', [part]))
}

/** Puts a condition together; `undefined` if nothing is in it that a definition has. */
export function printCondition(group: ConditionGroup): Condition | undefined {
  if (group.isListed) return printPart(group)
  const [first, ...others] = group.parts.map(printPart)
  if (!first) return undefined
  return others.length === 0 && group.join !== 'none' ? first : printPart(group)
}

function parsePart(candidate: unknown): ConditionPart | undefined {
  if (!isRecord(candidate)) return undefined
  const { all, any, not } = candidate
  if (Array.isArray(all)) return parseGroup('all', all)
  if (Array.isArray(any)) return parseGroup('any', any)
  if (not === undefined) return parseRule(candidate)
  return isRecord(not) && Array.isArray(not['any'])
    ? parseGroup('none', not['any'])
    : parseGroup('none', [not], false)
}

function parseGroup(
  join: GroupJoin,
  candidates: readonly unknown[],
  isListed = candidates.length < 2,
): ConditionGroup | undefined {
  const parts = candidates.map(parsePart)
  return parts.every((part) => part !== undefined) ? createGroup(join, parts, isListed) : undefined
}

function parseRule(candidate: Readonly<Record<string, unknown>>): ConditionRule | undefined {
  const { field, equals, oneOf, atLeast, atMost, filled } = candidate
  if (typeof field !== 'string') return undefined
  if (isLeadValue(equals)) return createRule(field, 'equals', [equals])
  if (Array.isArray(oneOf) && oneOf.every(isLeadValue)) return createRule(field, 'oneOf', oneOf)
  if (typeof atLeast === 'number') return createRule(field, 'atLeast', listNumber(atLeast))
  if (typeof atMost === 'number') return createRule(field, 'atMost', listNumber(atMost))
  return typeof filled === 'boolean' ? createRule(field, filled ? 'filled' : 'empty') : undefined
}

function printPart(part: ConditionPart): Condition {
  if (!isConditionGroup(part)) return printRule(part)
  const parts = part.parts.map(printPart)
  if (part.join === 'all') return { all: parts }
  if (part.join === 'any') return { any: parts }
  const [only, ...others] = parts
  return { not: !part.isListed && only && others.length === 0 && !('any' in only) ? only : { any: parts } }
}

function printRule({ field, operator, values }: ConditionRule): Condition {
  const [first = ''] = values
  switch (operator) {
    case 'equals':
      return { field, equals: first }
    case 'oneOf':
      return { field, oneOf: values }
    case 'atLeast':
      return { field, atLeast: toNumber(first) }
    case 'atMost':
      return { field, atMost: toNumber(first) }
    case 'filled':
    case 'empty':
      return { field, filled: operator === 'filled' }
  }
}

/** Compares in another way with the same values, which stay where the other way uses fewer of them. */
export function changeOperator(rule: ConditionRule, operator: RuleOperator): ConditionRule {
  return { ...rule, operator, typed: undefined }
}

/** Compares with chosen values. */
export function chooseValues(rule: ConditionRule, values: readonly LeadValue[]): ConditionRule {
  return { ...rule, values, typed: undefined }
}

/**
 * Compares with a typed text, for `oneOf` with each of its lines. It is a number only where the field has numbers: any other
 * field with digits holds a text, which no number equals.
 */
export function typeValues(rule: ConditionRule, typed: string): ConditionRule {
  const texts = (rule.operator === 'oneOf' ? typed.split('\n') : [typed]).map((text) => text.trim())
  const values = texts.filter((text) => text !== '').map((text) => readValue(rule.field, text))
  return { ...rule, values, typed }
}

/** The values of a rule as a text to edit, for `oneOf` a line each. */
export function printValues({ operator, values, typed }: ConditionRule): string {
  return typed ?? (operator === 'oneOf' ? values : values.slice(0, 1)).join('\n')
}

/** What a rule lacks to ever hold: a value, or a number where it needs one. `undefined`: nothing. */
export function findRuleProblem({
  field,
  operator,
  values,
}: ConditionRule): 'noValue' | 'noNumber' | undefined {
  if (operator === 'filled' || operator === 'empty') return undefined
  const [first = ''] = values
  if (operator === 'atLeast' || operator === 'atMost')
    return Number.isNaN(toNumber(first)) ? 'noNumber' : undefined
  const used = operator === 'oneOf' ? values : [first]
  if (used.every((value) => String(value).trim() === '')) return 'noValue'
  const isTyped = readsNumbers(field) && ownValues(field).length === 0
  return isTyped && used.some((value) => typeof value !== 'number') ? 'noNumber' : undefined
}

/** A number with spaces between its digits, and a comma or a point. Another text is `NaN`, which no definition may have. */
function toNumber(value: LeadValue): number {
  if (typeof value === 'number') return value
  const plain = String(value).replaceAll(/\s/g, '').replace(',', '.')
  return /^-?\d+(?:\.\d+)?$/.test(plain) ? Number(plain) : Number.NaN
}

function listNumber(number: number): readonly number[] {
  return Number.isNaN(number) ? [] : [number]
}

function readValue(field: string, text: string): LeadValue {
  const number = readsNumbers(field) ? toNumber(text) : Number.NaN
  return Number.isNaN(number) ? text : number
}

function isLeadValue(value: unknown): value is LeadValue {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
}
