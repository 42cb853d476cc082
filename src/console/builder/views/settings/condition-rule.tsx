import type { ComponentChildren } from 'preact'
import { useId, useLayoutEffect, useRef } from 'preact/hooks'
import { fieldOf, isFieldName } from '../../../../fields/fields.ts'
import type { LeadValue } from '../../../../lead/values.ts'
import { useBuilder } from '../../builder-context.ts'
import {
  changeOperator,
  chooseValues,
  type ConditionRule,
  findRuleProblem,
  printValues,
  ruleOperators,
  typeValues,
} from '../../model/conditions.ts'
import { describeField, describeOption } from '../../model/field-catalog.ts'
import { ownValues } from '../../model/field-options.ts'
import { CheckInput, LinesInput, SelectInput, TextInput } from '../inputs.tsx'

/** A condition on one field: the field, how it is compared, and with what. */
export function ConditionRuleEditor({
  rule,
  name,
  fields,
  children,
  onChange,
}: {
  readonly rule: ConditionRule
  readonly name: string
  /** The fields that may be named. */
  readonly fields: readonly string[]
  /** The buttons of the rule. */
  readonly children: ComponentChildren
  readonly onChange: (rule: ConditionRule) => void
}) {
  const { model, texts: allTexts, language, focusAfter } = useBuilder()
  const texts = allTexts.value.when
  const row = useRef<HTMLDivElement>(null)
  const id = useId()
  useLayoutEffect(() => {
    const { value: wanted } = focusAfter
    if (wanted?.row !== rule.id || wanted.action !== 'field') return
    focusAfter.value = undefined
    row.current?.querySelector('select')?.focus()
  })
  const problem = findRuleProblem(rule)
  const names = fields.includes(rule.field) ? fields : [rule.field, ...fields]
  const asked = model.form.value.steps.flatMap((step) => step.fields)
  const labelOf = (field: string): string => {
    const label = asked.find((one) => one.name === field)?.label
    return label === undefined || label === '' ? describeField(field, language.value) : label
  }

  return (
    <div ref={row} role="group" aria-label={name} aria-describedby={problem ? id : undefined} class="rule">
      <div class="condition-head">
        <SelectInput
          label={texts.field}
          value={rule.field}
          onChange={(field) => onChange({ ...chooseValues(rule, []), field })}
        >
          {names.map((field) => (
            <option key={field} value={field}>
              {labelOf(field)}
            </option>
          ))}
        </SelectInput>
        {children}
      </div>
      <div class="rule-values">
        <SelectInput
          label={texts.operator}
          value={rule.operator}
          onChange={(value) => {
            const operator = ruleOperators.find((known) => known === value)
            if (operator) onChange(changeOperator(rule, operator))
          }}
        >
          {ruleOperators.map((operator) => (
            <option key={operator} value={operator}>
              {texts.operators[operator]}
            </option>
          ))}
        </SelectInput>
        <RuleValue rule={rule} onChange={onChange} />
      </div>
      {problem && (
        <p id={id} class="bad-text small">
          {texts[problem]}
        </p>
      )}
    </div>
  )
}

/** What a field is compared with: one or several of its options, or a text. */
function RuleValue({
  rule,
  onChange,
}: {
  readonly rule: ConditionRule
  readonly onChange: (rule: ConditionRule) => void
}) {
  const { model, texts: allTexts, language } = useBuilder()
  const texts = allTexts.value.when
  const { field, operator, values } = rule
  if (operator === 'filled' || operator === 'empty') return null
  const isFlag = isFieldName(field) && fieldOf(field).kind.control === 'flag'
  const options = model.form.value.steps
    .flatMap((step) => step.fields)
    .find(({ name }) => name === field)?.options
  const choices: readonly LeadValue[] = isFlag
    ? [true, false]
    : (options?.map((one) => one.value) ?? ownValues(field))
  const labelOf = (one: LeadValue): string => {
    if (typeof one === 'boolean') return one ? texts.yes : texts.no
    return options?.find(({ value }) => value === one)?.label ?? describeOption(field, one, language.value)
  }
  const type = (text = '') => onChange(typeValues(rule, text))
  if (choices.length === 0 || operator === 'atLeast' || operator === 'atMost')
    return operator === 'oneOf' ? (
      <LinesInput label={texts.values} value={printValues(rule)} onChange={type} />
    ) : (
      <TextInput label={texts.value} value={printValues(rule)} onChange={type} />
    )
  // A value that is no option is shown, too, and says so: as a text it may look like one.
  const used = (operator === 'equals' ? values.slice(0, 1) : values).filter((one) => one !== '')
  const shown = [...new Set([...choices, ...used])].map((value) => ({
    value,
    key: JSON.stringify(value),
    label: choices.includes(value) ? labelOf(value) : texts.notOption(labelOf(value)),
  }))
  if (operator === 'equals')
    return (
      <SelectInput
        label={texts.value}
        value={JSON.stringify(used[0]) ?? ''}
        onChange={(key) =>
          onChange(
            chooseValues(
              rule,
              shown.filter((one) => one.key === key).map(({ value }) => value),
            ),
          )
        }
      >
        {used.length === 0 && <option value="">{texts.choose}</option>}
        {shown.map(({ key, label }) => (
          <option key={key} value={key}>
            {label}
          </option>
        ))}
      </SelectInput>
    )
  return (
    <fieldset class="rule-options">
      <legend class="label">{texts.value}</legend>
      {shown.map(({ value, key, label }) => (
        <CheckInput
          key={key}
          label={label}
          checked={used.includes(value)}
          onChange={(isChosen) =>
            onChange(
              chooseValues(
                rule,
                shown
                  .map((other) => other.value)
                  .filter((other) => (other === value ? isChosen : used.includes(other))),
              ),
            )
          }
        />
      ))}
    </fieldset>
  )
}
