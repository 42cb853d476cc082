import type { Condition } from '../../../form/condition.ts'
import type { LeadValue } from '../../../lead/values.ts'
import { isRecord } from '../../../providers/core/json.ts'

/** What a rule compares a field by. */
export const ruleOperators = ['equals', 'oneOf', 'atLeast', 'atMost', 'filled', 'empty'] as const

/** One of {@link ruleOperators}. */
export type RuleOperator = (typeof ruleOperators)[number]

/** How many parts of a group have to hold. */
export const groupJoins = ['all', 'any', 'none'] as const

/** One of {@link groupJoins}. */
export type GroupJoin = (typeof groupJoins)[number]

/** A condition on one field, as it is entered: the value as text. */
export interface ConditionRule {
  /** Tells it apart from the other parts, wherever it is moved to. */
  readonly id: string
  readonly field: string
  readonly operator: RuleOperator
  readonly value: string
}

/** Conditions that hold together. */
export interface ConditionGroup {
  readonly id: string
  readonly join: GroupJoin
  readonly parts: readonly ConditionPart[]
}

/** A rule or a group. */
export type ConditionPart = ConditionRule | ConditionGroup

let createdParts = 0

function createId(): string {
  createdParts += 1
  return `condition-${createdParts}`
}

/** Creates a rule. */
export function createRule(field: string, operator: RuleOperator = 'filled', value = ''): ConditionRule {
  return { id: createId(), field, operator, value }
}

/** Creates a group. */
export function createGroup(join: GroupJoin, parts: readonly ConditionPart[]): ConditionGroup {
  return { id: createId(), join, parts }
}

/** Whether a part has parts. */
export function isConditionGroup(part: ConditionPart): part is ConditionGroup {
  return 'parts' in part
}

/** Takes a condition apart, to a group at the top; `undefined` if it cannot be shown. */
export function parseCondition(candidate: unknown): ConditionGroup | undefined {
  const part = parsePart(candidate)
  return part && (isConditionGroup(part) ? part : createGroup('all', [part]))
}

/** Puts a condition together; `undefined` if there is no rule in it. */
export function printCondition(group: ConditionGroup): Condition | undefined {
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
    : parseGroup('none', [not])
}

function parseGroup(join: GroupJoin, candidates: readonly unknown[]): ConditionGroup | undefined {
  const parts = candidates.map(parsePart)
  return parts.every((part) => part !== undefined) ? createGroup(join, parts) : undefined
}

function parseRule(candidate: Readonly<Record<string, unknown>>): ConditionRule | undefined {
  const { field, equals, oneOf, atLeast, atMost, filled } = candidate
  if (typeof field !== 'string') return undefined
  if (isLeadValue(equals)) return createRule(field, 'equals', String(equals))
  if (Array.isArray(oneOf) && oneOf.every(isLeadValue)) return createRule(field, 'oneOf', oneOf.join(', '))
  if (typeof atLeast === 'number') return createRule(field, 'atLeast', printNumber(atLeast))
  if (typeof atMost === 'number') return createRule(field, 'atMost', printNumber(atMost))
  return typeof filled === 'boolean' ? createRule(field, filled ? 'filled' : 'empty') : undefined
}

function printPart(part: ConditionPart): Condition {
  if (!isConditionGroup(part)) return printRule(part)
  const parts = part.parts.map(printPart)
  if (part.join === 'all') return { all: parts }
  if (part.join === 'any') return { any: parts }
  const [only, ...others] = parts
  return { not: only && others.length === 0 && !('any' in only) ? only : { any: parts } }
}

function printRule({ field, operator, value }: ConditionRule): Condition {
  switch (operator) {
    case 'equals':
      return { field, equals: readValue(value) }
    case 'oneOf':
      return { field, oneOf: listValues(value).map(readValue) }
    case 'atLeast':
      return { field, atLeast: readNumber(value) }
    case 'atMost':
      return { field, atMost: readNumber(value) }
    case 'filled':
    case 'empty':
      return { field, filled: operator === 'filled' }
  }
}

/** The values of a text with commas. */
export function listValues(text: string): readonly string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

/** Whether a rule lacks a value that it can hold for, or has one that is no number where it needs one. */
export function lacksValue({ operator, value }: ConditionRule): boolean {
  if (operator === 'filled' || operator === 'empty') return false
  if (operator === 'equals') return value.trim() === ''
  return operator === 'oneOf' ? listValues(value).length === 0 : Number.isNaN(readNumber(value))
}

/** A number with spaces between its digits, and a comma or a point. Another text is `NaN`, which no definition may have. */
function readNumber(text: string): number {
  const plain = text.replaceAll(/\s/g, '').replace(',', '.')
  return /^-?\d+(?:\.\d+)?$/.test(plain) ? Number(plain) : Number.NaN
}

function printNumber(number: number): string {
  return Number.isNaN(number) ? '' : String(number)
}

/** Numbers and yes or no have types of their own in a definition. Digits with a leading zero are a text. */
function readValue(text: string): LeadValue {
  const trimmed = text.trim()
  if (/^(?:0|-?[1-9]\d*)(?:\.\d+)?$/.test(trimmed)) return Number(trimmed)
  if (trimmed === 'true' || trimmed === 'false') return trimmed === 'true'
  return trimmed
}

function isLeadValue(value: unknown): value is LeadValue {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
}
