import { formatRussianDate, isCalendarDate } from '../../../lead/calendar-date.ts'
import { fieldOf, isFieldName } from '../../../fields/fields.ts'
import { type FieldRule, templateNames, templateText } from '../field-rules.ts'
import type { Parameter } from '../parameter.ts'

/**
 * Why a rule can never give what a parameter takes: a constant of another type, outside of the document's list or longer
 * than its limit, or a field of words for a number. Sent as it is, it would be left out or refused at every lead.
 */
export function findRuleProblems<Config>(parameter: Parameter<Config>, rule: FieldRule): readonly string[] {
  if (typeof rule === 'string') return findFieldProblems(parameter, rule)
  if ('value' in rule) return findConstantProblems(parameter, rule.value)
  return findTemplateProblems(parameter, rule.template)
}

function findTemplateProblems<Config>(parameter: Parameter<Config>, template: string): readonly string[] {
  const text = templateText(template)
  if (/[{}]/.test(text)) return ['expected names in braces without spaces, such as {lastName}']
  if (templateNames(template).length === 0) return findConstantProblems(parameter, template)
  const { type } = parameter
  const isNumber = type === 'integer' || type === 'decimal'
  return isNumber && /\D/.test(text) ? [`expected ${expectedByType[type]}, without words around it`] : []
}

function findFieldProblems<Config>({ type }: Parameter<Config>, name: string): readonly string[] {
  if ((type !== 'integer' && type !== 'decimal') || !isFieldName(name) || name.startsWith('custom.'))
    return []
  const isNumber = typeof fieldOf(name).kind.normalize('5') === 'number' || isChoiceOfNumbers(name)
  return isNumber ? [] : [`expected ${expectedByType[type]}, and the field ${name} holds a text`]
}

function isChoiceOfNumbers(name: string): boolean {
  return isFieldName(name) && (fieldOf(name).kind.options ?? []).some((option) => typeof option === 'number')
}

const expectedByType = {
  string: 'a text',
  integer: 'a whole number',
  decimal: 'a number',
  date: 'a date, dd.mm.yyyy',
  boolean: 'true or false',
  list: 'values separated by commas',
  object: 'nothing: its parts are parameters of their own',
} as const

function findConstantProblems<Config>(
  { type, values, pattern, max }: Parameter<Config>,
  constant: string | number | boolean,
): readonly string[] {
  const text = String(constant).trim()
  // An empty constant switches a parameter off.
  if (text === '') return []
  if (!isOfType(type, text)) return [`expected ${expectedByType[type]}`]
  if (values && !values.some((value) => String(value) === text))
    return [`expected one of ${values.join(', ')}`]
  if (pattern && !pattern.matches.test(text)) return [`expected ${pattern.expected}`]
  const { length } = type === 'decimal' ? Number(text).toFixed(2).replace(/\D/g, '') : text
  if (max !== undefined && length > max) {
    return [`expected at most ${max} ${type === 'string' || type === 'date' ? 'characters' : 'digits'}`]
  }
  return []
}

function isOfType(type: Parameter<unknown>['type'], text: string): boolean {
  switch (type) {
    case 'integer':
      return /^\d+$/.test(text) && Number.isSafeInteger(Number(text))
    case 'decimal':
      return /^\d+(?:\.\d+)?$/.test(text)
    case 'boolean':
      return /^(?:true|false|0|1)$/.test(text)
    case 'date':
      return isCalendarDate(text) || isRussianDate(text)
    case 'object':
      return false
    case 'string':
    case 'list':
      return true
  }
}

function isRussianDate(text: string): boolean {
  const iso = text.replace(/^(\d{2})\.(\d{2})\.(\d{4})$/, '$3-$2-$1')
  return isCalendarDate(iso) && formatRussianDate(iso) === text
}
